import { describe, expect, test } from 'vitest';
import { PERSONAS } from '../../test/peers/talk.ts';
import { fixedClock } from '../platform/clock.ts';
import { seededRandom } from '../platform/random.ts';
import type { Persona } from './persona.ts';
import { loadPersona } from './persona.ts';
import { createRedisServer } from './server.ts';

function ask(persona: Persona, ...argv: string[]): string {
  const redis = createRedisServer({
    persona,
    clock: fixedClock(1_700_000_000_000),
    random: seededRandom(3),
    port: 6_379,
    maxClients: 10,
  });
  const client = redis.connect(
    { address: '192.0.2.1', port: 40_000, localAddress: '192.0.2.2', localPort: 6_379 },
    { send: () => undefined, close: () => undefined, resume: () => undefined },
  );
  client?.begin();
  return client?.run({ kind: 'request', argv, cut: [], dropped: 0 }) ?? '';
}

describe('HELP', () => {
  test.for(PERSONAS)('of %s is the same when the persona has a name of its own', (name) => {
    const shipped = loadPersona(name);

    const asked = ['mine', 'constructor'].map((own) => ask({ ...shipped, name: own }, 'CONFIG', 'HELP'));

    expect(asked[0]).toContain('+CONFIG <subcommand>');
    expect(asked).toEqual([ask(shipped, 'CONFIG', 'HELP'), ask(shipped, 'CONFIG', 'HELP')]);
  });

  test('of a 6.2 has the form that began with 6.2', () => {
    const older = loadPersona(PERSONAS[0]);
    const sections = older.sections.map((section) => ({
      ...section,
      fields: section.fields.map(([name, value]): [string, string] => [
        name,
        name === 'redis_version' ? '6.2.16' : value,
      ]),
    }));

    const reply = ask({ ...older, name: 'mine', level: 6.2, sections }, 'OBJECT', 'HELP');

    expect(reply).toContain('+OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:\r\n');
  });
});

describe('MEMORY MALLOC-STATS', () => {
  test.for(PERSONAS)('of %s names the commit of its allocator', (name) => {
    const reply = ask(loadPersona(name), 'MEMORY', 'MALLOC-STATS');

    expect(reply).toMatch(/Version: "5\.(2\.1-0-gea6b3e97|3\.0-0-g54eaed1d)[\da-f]{32}"\n/);
    expect(reply).toContain('  opt.oversize_threshold: 8388608\n');
  });
});
