import { describe, expect, test } from 'vitest';
import type { Reply } from '../../wire/reply.ts';
import { READABLE_SETTINGS } from './allowed.ts';
import type { AuditConnection } from './connection.ts';
import { allSettings, readSettings } from './read-settings.ts';

const bulks = (...words: readonly string[]): Reply => ({
  kind: 'array',
  items: words.map((text) => ({ kind: 'bulk', text, length: text.length })),
});
const error = (text: string): Reply => ({ kind: 'error', text });

/** Answers one name a call, as servers before 7.0 do. */
function oneAtATime(values: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const ask: AuditConnection['ask'] = async (commands) =>
    commands.map(([, , name = '']) => {
      asked.push(name);
      return values[name] === undefined ? bulks() : bulks(name, values[name] ?? '');
    });
  return { asked, connection: { ask } as AuditConnection };
}

describe('settings', () => {
  test('are taken from one answer to many names', async () => {
    const { connection, asked } = oneAtATime({});

    const settings = await allSettings(connection, bulks('dir', '/data', 'PORT', '6379'));

    expect([...(settings ?? [])]).toEqual([
      ['dir', '/data'],
      ['port', '6379'],
    ]);
    expect(asked).toEqual([]);
  });

  test.for([
    ['refuses many names', error("ERR wrong number of arguments for 'config|get' command")],
    ['answers the first name only', bulks('acl-pubsub-default', 'allchannels')],
    ['answers nonsense', { kind: 'simple', text: 'OK' }],
  ] as const)('are asked one by one of a server that %s', async ([, first]) => {
    const { connection, asked } = oneAtATime({ dir: '/data', 'slave-read-only': 'yes' });

    const settings = await allSettings(connection, first);

    expect(asked).toEqual(READABLE_SETTINGS);
    expect(settings?.get('dir')).toBe('/data');
    expect(settings?.get('replica-read-only')).toBe('yes');
  });

  test.for([
    "NOPERM User ann has no permissions to run the 'config|get' command",
    "ERR unknown command 'CONFIG'",
  ])('are not asked again after %s', async (text) => {
    const { connection, asked } = oneAtATime({});

    expect(await allSettings(connection, error(text))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('that nobody asked for are not believed', () => {
    expect([...(readSettings(bulks('requirepass', 'secret', 'dir', '/data', 'odd')) ?? [])]).toEqual([
      ['dir', '/data'],
    ]);
  });

  test('are cut where a hostile server makes them long', () => {
    expect(readSettings(bulks('dir', 'x'.repeat(100_000)))?.get('dir')).toHaveLength(4_096);
  });
});
