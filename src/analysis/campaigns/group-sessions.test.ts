import { describe, expect, test } from 'vitest';
import { createCommandShape } from './command-shape.ts';
import type { GroupedSession } from './group-sessions.ts';
import { groupSessions } from './group-sessions.ts';

function shape(...names: string[]): Uint32Array | undefined {
  const made = createCommandShape();
  for (const name of names) made.observe({ type: 'redis.command', name, args: [], db: 0, reply: 'ok' });
  return made.signature();
}
const WORM = shape('flushall', 'set', 'save', 'slaveof');
const OTHER = shape('eval', 'hset', 'bgsave', 'rpush');

const session = (source: string, ties: readonly string[], steps = WORM): GroupedSession => ({
  ties: new Set(ties),
  source,
  shape: steps,
});
/** The same visit from so many sources of a network. */
const visits = (count: number, network: string, ties: readonly string[], steps = WORM): GroupedSession[] =>
  Array.from({ length: count }, (_, at) => session(`${network}.${at}`, ties, steps));

/** Sizes of the groups, the largest first. */
const sizes = (sessions: readonly GroupedSession[]): number[] =>
  groupSessions(sessions)
    .groups.map(({ length }) => length)
    .toSorted((a, b) => b - a);

const TOOL = 'url http://192.0.2.1/tool.sh';
const KEY_A = 'ssh-key SHA256:aaaa';
const KEY_B = 'ssh-key SHA256:bbbb';

describe('sessions', () => {
  test('of one SSH key are one, from wherever they come', () => {
    expect(sizes([...visits(5, 'a', [KEY_A]), ...visits(5, 'b', [KEY_A], OTHER)])).toEqual([10]);
  });

  test('of two operators who use the same tool stay apart', () => {
    const one = [...visits(5, 'a', ['host a.example']), ...visits(5, 'a', ['host a.example', TOOL])];
    const other = [...visits(4, 'b', ['host b.example']), ...visits(4, 'b', ['host b.example', TOOL])];

    expect(sizes([...one, ...other])).toEqual([10, 8]);
  });

  test('of two operators who always use the same tool stay apart as well, and so do their identities', () => {
    expect(sizes([...visits(5, 'a', [KEY_A, TOOL]), ...visits(4, 'b', [KEY_B, TOOL])])).toEqual([5, 4]);
  });

  test('of an operator who changes his server in the middle of the day stay together by his bots', () => {
    expect(sizes([...visits(8, 'a', ['host a.example']), ...visits(8, 'a', ['host b.example'])])).toEqual([
      16,
    ]);
  });

  test('of other steps do not, although they come from the same bots', () => {
    expect(
      sizes([...visits(8, 'a', ['host a.example']), ...visits(8, 'a', ['host b.example'], OTHER)]),
    ).toEqual([8, 8]);
  });

  test('with the same steps alone are nothing to each other', () => {
    expect(sizes([...visits(4, 'a', ['host a.example']), ...visits(4, 'b', ['host b.example'])])).toEqual([
      4, 4,
    ]);
  });

  test('behind one address of many machines are told apart', () => {
    const networks = ['a', 'b', 'c', 'd', 'e'];
    const all = networks.flatMap((name) => [
      ...visits(4, name, [`host ${name}.example`]),
      ...[1, 2, 3].map((nat) => session(`nat.${nat}`, [`host ${name}.example`])),
    ]);

    expect(sizes(all)).toEqual([7, 7, 7, 7, 7]);
  });

  test('that show a tool alone go to nobody where two use it', () => {
    const found = sizes([
      ...visits(5, 'a', [KEY_A, TOOL]),
      ...visits(5, 'b', [KEY_B, TOOL]),
      session('c.1', [TOOL], OTHER),
      session('c.2', [TOOL], OTHER),
    ]);

    expect(found).toEqual([5, 5, 2]);
  });

  test('say what held them together beside indicators', () => {
    const { weakJoins } = groupSessions([
      ...visits(8, 'a', ['host a.example']),
      ...visits(8, 'a', ['host b.example']),
    ]);

    expect(weakJoins.map(({ because }) => because)).toEqual([
      'the same sources and the same steps (8 with 8 sessions)',
    ]);
  });

  test('fifty thousand, each alone, are fifty thousand groups', () => {
    const alone = Array.from({ length: 50_000 }, (_, at) => session(`s${at}`, [`host h${at}.example`]));

    expect(groupSessions(alone).groups).toHaveLength(50_000);
  });
});
