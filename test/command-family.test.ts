import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Call } from '../src/emulator/command.ts';
import { ReplyError, runnable } from '../src/emulator/command.ts';
import { command } from '../src/emulator/families/command.ts';
import { loadPersona } from '../src/emulator/persona.ts';
import type { RedisLink } from '../src/persona/redis-link.ts';
import { openLink } from '../src/persona/redis-link.ts';
import type { Random } from '../src/platform/random.ts';
import { seededRandom } from '../src/platform/random.ts';
import type { Reply } from '../src/wire/reply.ts';
import { createReplyDecoder } from '../src/wire/reply-decoder.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

/**
 * COMMAND over the whole table of a persona, held against its real server: also of commands that the emulator does not
 * run (those it does not advertise). What is compared is the family alone, so that it does not depend on the others.
 */
const RELEASES: readonly (readonly [RealRelease, string])[] = [
  ['redis-6.0.16', 'redis-6.0.16-debian-11'],
  ['redis-7.0.15', 'redis-7.0.15-debian-12'],
  ['redis-8.0.2', 'redis-8.0.2-debian-13'],
  ['valkey-8.1.1', 'valkey-8.1.1-debian-13'],
];
const LIMITS = {
  maxLine: 65_536,
  maxBulk: 1e7,
  keepBulk: 1e7,
  maxElements: 1e6,
  maxDepth: 32,
  maxKept: 1e9,
};
const WORDS =
  'a b STORE by get limit 1 2 01 0 3 -1 x KEYS streams block count group noack storedist 9 auth auth2 incrby set u8 overflow usage ifeq weights aggregate'.split(
    ' ',
  );
/** Commands whose keys are found in their own ways. */
const PARTICULAR =
  'sort sort_ro migrate georadius georadiusbymember georadius_ro xread xreadgroup set bitfield memory zunionstore zinterstore eval evalsha stralgo fcall blmpop lmpop sintercard object xgroup';

function family(name: string, seed = 3): (resp: 2 | 3, argv: readonly string[]) => Reply {
  const persona = loadPersona(name);
  const commands = new Map(
    persona.commands.map((told) => [told.name.toLowerCase(), runnable(told, () => '')] as const),
  );
  const world = { persona, level: persona.level, random: seededRandom(seed), commands };
  return (resp, argv) => {
    const decoder = createReplyDecoder(LIMITS);
    // The family reads no more of the world than this.
    decoder.push(answer({ world, client: { resp }, argv } as unknown as Call));
    const reply = decoder.next();
    if (reply === undefined || reply.kind === 'fault') throw new Error('no whole reply');
    return reply;
  };
}

function answer(call: Call): string {
  try {
    return command['command']?.(call) ?? '';
  } catch (error) {
    if (error instanceof ReplyError) return `-${error.message}\r\n`;
    throw error;
  }
}

/** Sentences are ours, and the order of subcommands is each server's own: neither counts. */
function comparable(reply: Reply, of = ''): unknown {
  if (['summary', 'complexity', 'notes'].includes(of)) return reply.kind;
  switch (reply.kind) {
    case 'map': {
      const pairs = reply.pairs.map(([name, value]) => [
        comparable(name),
        comparable(value, name.kind === 'bulk' ? name.text : ''),
      ]);
      return of === 'subcommands' ? pairs.map((pair) => JSON.stringify(pair)).toSorted() : pairs;
    }
    case 'array':
    case 'set': {
      if (of === 'history')
        return reply.items.map((change) => (change.kind === 'array' ? change.items[0] : change));
      // A map of RESP2: names and values in turn.
      const noted = isText(reply.items[0], 'notes');
      const items = reply.items.map((item, at) => comparable(item, noted && at === 1 ? 'notes' : ''));
      const rows = reply.items.every((item) => item.kind === 'array' && item.items.length === 10);
      return [reply.kind, ...(rows ? items.map((item) => JSON.stringify(item)).toSorted() : items)];
    }
    case 'integer':
      return Number(reply.value);
    default:
      return reply;
  }
}

describe.each(RELEASES)('COMMAND as %s has it', (release, name) => {
  const ours = family(name);
  const { commands, level } = loadPersona(name);
  const names = commands.map((told) => told.name);
  let real: RealRedis;
  let link: RedisLink;

  beforeAll(async () => {
    real = await startReal(release);
    link = await openLink({ host: '127.0.0.1', port: real.port });
    await link.ask('HELLO', '3');
  });
  afterAll(async () => {
    link.close();
    await real.stop();
  });
  const differing = async (
    questions: readonly (readonly string[])[],
    resp: 2 | 3 = 3,
  ): Promise<unknown[]> => {
    await link.ask('HELLO', String(resp));
    const found: unknown[] = [];
    for (const argv of questions) {
      const theirs = comparable(await link.ask(...argv));
      const mine = comparable(ours(resp, argv));
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) found.push({ argv, mine, theirs });
    }
    return found;
  };

  test('tells the row of every command, and of none that there is not', async () => {
    const asked = names.map((one) => ['COMMAND', 'INFO', one.toUpperCase()]);
    const odd = ['nosuch', 'get|x', 'config|get', 'CONFIG|GET', 'config|nosuch', 'config|get|x'];

    expect(await differing([...asked, ['COMMAND', 'INFO', ...odd]])).toEqual([]);
    expect(await differing(asked, 2)).toEqual([]);
  });

  test.runIf(level >= 7)('documents every command', async () => {
    const asked = [...names, 'config|get', 'nosuch'].map((one) => ['COMMAND', 'DOCS', one]);

    expect(await differing(asked)).toEqual([]);
  });

  test.runIf(level >= 7)('lists as it filters', async () => {
    const answered = ['x', 'filterby', 'filterby foo x', 'filterby pattern PIN*', 'filterby aclcat nosuch'];
    const alike = [...answered, 'filterby aclcat @read', 'filterby module nosuch'];
    const inAnyOrder = ['', 'filterby aclcat pubsub', 'filterby pattern *|get', 'filterby pattern GE*'];
    const list = (line: string): string[] => [
      'COMMAND',
      'LIST',
      ...line.split(' ').filter((word) => word !== ''),
    ];

    expect(await differing(alike.map(list))).toEqual([]);
    for (const argv of inAnyOrder.map(list)) {
      expect(namesIn(ours(3, argv)).toSorted()).toEqual(namesIn(await link.ask(...argv)).toSorted());
    }
  });

  test('finds the keys of random commands', async () => {
    const random = seededRandom(level * 10);
    const kinds = level < 7 ? ['GETKEYS'] : ['GETKEYS', 'GETKEYSANDFLAGS'];
    const question = (one: string): string[] => [
      'COMMAND',
      pick(random, kinds),
      one,
      ...Array.from({ length: 1 + random.below(10) }, () => pick(random, WORDS)),
    ];
    const particular = PARTICULAR.split(' ').filter((one) => names.includes(one));

    const asked = [
      ...Array.from({ length: 1_500 }, () => question(pick(random, names))),
      ...particular.flatMap((one) => Array.from({ length: 100 }, () => question(one))),
    ];

    expect(await differing(asked)).toEqual([]);
  });
});

describe('the order of the command table', () => {
  const order = (seed: number): unknown => namesIn(family('redis-7.0.15-debian-12', seed)(2, ['COMMAND']));

  test('is each server’s own', () => {
    expect(order(1)).not.toEqual(order(2));
  });

  test('stays as long as the server runs', () => {
    const ask = family('redis-7.0.15-debian-12');

    expect(ask(2, ['COMMAND'])).toEqual(ask(2, ['COMMAND']));
  });
});

const isText = (reply: Reply | undefined, text: string): boolean =>
  reply?.kind === 'bulk' && reply.text === text;
const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)] as T;

/** Names of an array of names, or of rows that begin with one. */
function namesIn(reply: Reply): string[] {
  const items = reply.kind === 'array' || reply.kind === 'set' ? reply.items : [];
  return items.map((item) => {
    const first = item.kind === 'array' ? item.items[0] : item;
    return first?.kind === 'bulk' ? first.text : '';
  });
}
