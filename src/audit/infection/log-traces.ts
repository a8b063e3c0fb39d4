import type { Act } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import { interpretCommand } from '../../redis/interpret.ts';
import type { ServerFacts, SlowCall } from '../server-facts.ts';
import type { Trace } from './trace.ts';

/**
 * The slow log keeps whole commands, so they mean what they would mean to a sensor. Whether one was accepted it does not
 * say. Its own audits and what an operator does all day are in it too: only what a command *meant* is kept.
 */
export function logTraces({ slowCalls, settings }: ServerFacts): Trace[] {
  let dir = settings?.get('dir') ?? '';
  let dbfilename = settings?.get('dbfilename') ?? '';
  return [...(slowCalls ?? [])].toReversed().flatMap((call) => {
    const place = placeOfCall(call);
    return meant(call.argv, dir, dbfilename).map((act): Trace => {
      if (act.type === 'redis.setting' && act.name === 'dir') dir = act.value;
      if (act.type === 'redis.setting' && act.name === 'dbfilename') dbfilename = act.value;
      return { act, source: 'logs', place };
    });
  });
}

/** `SLOWLOG GET set (203.0.113.9:4000)`, safe to print. */
export function placeOfCall({ argv, client }: SlowCall): string {
  const from = client === '' ? '' : ` (${printable(client, 60)})`;
  return `SLOWLOG GET ${printable(argv[0]?.toLowerCase() ?? '', 40)}${from}`;
}

function meant(argv: readonly ByteString[], dir: ByteString, dbfilename: ByteString): Act[] {
  const acts = interpretCommand(argv, { reply: 'none' }, { db: 0, dir, dbfilename }).slice(1);
  return acts.flatMap((act): Act[] => {
    switch (act.type) {
      // Where the dump went at that time is not known; passwords are nobody's business.
      case 'redis.save':
      case 'redis.login':
        return [];
      // As a module that is there: judged by where its file lies.
      case 'redis.module':
        return act.action === 'load' && act.path !== undefined
          ? [{ type: 'redis.module', action: 'loaded', path: act.path, accepted: act.accepted }]
          : [];
      case 'redis.value': {
        const { command: _written, ...found } = act;
        return [found];
      }
      default:
        return [act];
    }
  });
}
