import type { Check } from '../check.ts';
import { observes } from './observe.ts';

const TRIES = 3;
const why = 'Statistics that nobody counts give a recorded INFO away.';

export const counterChecks: readonly Check[] = [
  observes({ id: 'C1', title: 'commands and bytes are counted', why }, async ({ ask, info }) => {
    let last = '';
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const before = await info('stats');
      for (let count = 0; count < 5; count++) await ask('ECHO', 'x'.repeat(100));
      const after = await info('stats');
      const [commands, received, sent] = [
        'total_commands_processed',
        'total_net_input_bytes',
        'total_net_output_bytes',
      ].map((field) => Number(after.get(field)) - Number(before.get(field)));
      // Others may use the server too, so only too little is proof.
      if (!(Number(commands) >= 6) || !(Number(received) >= 600) || !(Number(sent) >= 500)) {
        return {
          saw: `after five ECHO of 100 bytes: ${commands} commands, ${received} bytes in, ${sent} bytes out more`,
          expected: '6 commands and more than 500 bytes each way',
        };
      }
      if (commands === 6 && (received ?? 0) < 1_200) return undefined;
      last = `${commands} commands, ${received} bytes in`;
    }
    const others = Number((await info('clients')).get('connected_clients'));
    return others > 3
      ? undefined
      : {
          saw: `${TRIES} times more than was asked: ${last}`,
          expected: '6 commands, fewer than 1,200 bytes',
        };
  }),
  observes(
    { id: 'C10', title: 'calls and errors are counted by name', why },
    async ({ ask, info, server, random }) => {
      const field = 'cmdstat_echo';
      const calls = async (): Promise<number> =>
        Number(/calls=(\d+)/.exec((await info('commandstats')).get(field) ?? 'calls=0')?.[1]);
      const errors = async (): Promise<number> =>
        Number(/count=(\d+)/.exec((await info('errorstats')).get('errorstat_ERR') ?? 'count=0')?.[1]);
      const [calledBefore, erredBefore] = [await calls(), await errors()];
      await ask('ECHO', random.hex(4));
      await ask('ECHO', random.hex(4));
      await ask('ECHO');
      const called = (await calls()) - calledBefore;
      if (!(called >= 2)) return { saw: `cmdstat_echo grew by ${called} after two ECHO`, expected: '2' };
      const erred = (await errors()) - erredBefore;
      if (server.level >= 6.2 && !(erred >= 1))
        return { saw: `errorstat_ERR grew by ${erred} after an error`, expected: '1' };
      return undefined;
    },
  ),
  observes(
    {
      id: 'C6',
      title: 'keys expire, and that is counted',
      why: 'An emulation that forgets time keeps the key, or the counter.',
    },
    async ({ ask, info, key, pause }) => {
      const before = Number((await info('stats')).get('expired_keys'));
      await ask('SET', key('brief'), 'v', 'PX', '60');
      await pause(400);
      const left = await ask('EXISTS', key('brief'));
      const ttl = await ask('TTL', key('brief'));
      if (left.kind !== 'integer' || left.value !== 0n || ttl.kind !== 'integer' || ttl.value !== -2n) {
        return { saw: 'a key with 60 ms to live is there after 400 ms', expected: 'gone, TTL -2' };
      }
      const grown = Number((await info('stats')).get('expired_keys')) - before;
      return grown >= 1 ? undefined : { saw: `expired_keys grew by ${grown}`, expected: '1' };
    },
  ),
];
