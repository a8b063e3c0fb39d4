import { describe, expect, test } from 'vitest';
import { figure, PERSONAS, pretended } from '../../test/peers/talk.ts';

const FLUSHED = '>2\r\n$10\r\ninvalidate\r\n_\r\n';
const invalid = (...keys: string[]): string =>
  `>2\r\n$10\r\ninvalidate\r\n*${keys.length}\r\n${keys.map((key) => `$${key.length}\r\n${key}\r\n`).join('')}`;

/** A group with a key, `shared`, one of its clients and one of another group, both tracking. */
function groups(options = '') {
  const { connect } = pretended(PERSONAS[2]);
  const owner = connect('192.0.2.1');
  const [mate, other, stranger] = [connect('192.0.2.7'), connect('198.51.100.1'), connect('198.51.100.2')];
  owner.say('SET shared 1');
  for (const talk of [mate, stranger]) {
    talk.say('HELLO 3');
    talk.say(`CLIENT TRACKING on ${options}`);
    talk.say('GET shared');
  }
  return { connect, owner, mate, other, stranger };
}

describe('invalidation messages', () => {
  test('go to every group when what is everybody’s changes', () => {
    const { owner, mate, stranger } = groups();

    owner.say('SET shared 2');

    expect(mate.pushed).toEqual([invalid('shared')]);
    expect(stranger.pushed).toEqual([invalid('shared')]);
  });

  test.each(['SET shared 2', 'DEL shared', 'EXPIRE shared 100', 'APPEND shared x'])(
    'go only to the group that sees the change: %s',
    (words) => {
      const { mate, other, stranger } = groups();

      other.say(words);

      expect(mate.pushed).toEqual([]);
      expect(stranger.pushed).toEqual([invalid('shared')]);
    },
  );

  test('of a flush tell other groups of the keys that go for them too', () => {
    const { owner, mate, stranger } = groups();

    owner.say('FLUSHALL');

    expect(mate.pushed).toEqual([FLUSHED]);
    expect(stranger.pushed).toEqual([invalid('shared')]);
  });

  test('of a flush that takes nothing from others stay in the group', () => {
    const { mate, other, stranger } = groups();

    other.say('FLUSHALL');

    expect(mate.pushed).toEqual([]);
    expect(stranger.pushed).toEqual([FLUSHED]);
  });

  test('of a broadcast stay in the group too', async () => {
    const { owner, mate, other, stranger } = groups('BCAST');

    other.say('SET shared 2');
    await Promise.resolve();
    owner.say('SET new 1');
    await Promise.resolve();

    expect(mate.pushed).toEqual([invalid('new')]);
    expect(stranger.pushed).toEqual([invalid('shared'), invalid('new')]);
  });

  test('do not come because another group tracks few keys only', () => {
    const { mate, other, stranger } = groups();

    other.say('CONFIG SET tracking-table-max-keys 1');
    const reply = stranger.say('GET second');

    expect(reply).toContain(invalid('shared'));
    expect(mate.pushed).toEqual([]);
    expect(figure(mate, 'tracking_total_keys')).toBe(1);
  });
});
