import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Persona } from '../src/emulator/persona.ts';
import { loadPersona } from '../src/emulator/persona.ts';
import { PersonaFault } from '../src/emulator/persona-fault.ts';
import { recordPersona } from '../src/persona/record-persona.ts';
import { openLink } from '../src/persona/redis-link.ts';
import { hostTraces } from '../src/persona/traces.ts';
import type { Answer } from './peers/hostile-redis.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';
import { freePort } from './peers/ports.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';

const SHIPPED: readonly (readonly [RealRelease, string])[] = [
  ['redis-6.0.16', 'redis-6.0.16-debian-11'],
  ['redis-7.0.15', 'redis-7.0.15-debian-12'],
  ['redis-8.0.2', 'redis-8.0.2-debian-13'],
  ['valkey-8.1.1', 'valkey-8.1.1-debian-13'],
];
const ALLOWED = '--enable-protected-configs yes --enable-debug-command yes --enable-module-command yes';

async function real(release: RealRelease, ...settings: string[]): Promise<RealRedis> {
  const server = await startReal(release, ...settings);
  onTestFinished(() => server.stop());
  return server;
}

function record(
  port: number,
  change: { mayChange?: boolean; password?: string; near?: Persona } = {},
): Promise<Persona> {
  const { mayChange = false, password, near } = change;
  return recordPersona({
    address: { host: '127.0.0.1', port },
    login: password === undefined ? undefined : { user: undefined, password },
    mayChange,
    near: () => near,
    progress: () => undefined,
  });
}

async function faultOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof PersonaFault) return `${error.message} ${error.remedy}`;
    throw error;
  }
  return '';
}

async function settingsOf({ client }: RealRedis): Promise<unknown> {
  const flat = await client.config('GET', '*');
  return Object.fromEntries(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1]]] : [])));
}

describe('recording a persona', () => {
  test.for(SHIPPED)('of %s gives the shipped one, and puts back what it changed', async ([release, name]) => {
    const server = await real(release, ...(release === 'redis-6.0.16' ? [] : ALLOWED.split(' ')));
    const before = await settingsOf(server);

    const recorded = await record(server.port, { mayChange: true });

    const shipped = loadPersona(name);
    const { sections: some, config: these, ...rest } = recorded;
    const { sections, config, ...facts } = shipped;
    expect(rest).toEqual(facts);
    expect(Object.keys(these)).toEqual(Object.keys(config));
    expect(some.map(namesOf)).toEqual(sections.map(namesOf));
    expect(hostTraces(recorded)).toEqual([]);
    expect(await settingsOf(server)).toEqual(before);
    expect(await server.client.dbsize()).toBe(0);
    expect(await server.client.info('replication')).toContain('role:master');
  });

  test('changes neither keys nor settings of a server unless it is told that it may', async () => {
    const server = await real('redis-7.0.15');
    await server.client.set('own', '1');
    const before = await settingsOf(server);
    const near = loadPersona('redis-7.0.15-debian-12');

    const recorded = await record(server.port, { near });

    const commands = await server.client.info('commandstats');
    expect(await settingsOf(server)).toEqual(before);
    expect(await server.client.keys('*')).toEqual(['own']);
    expect(commands).not.toMatch(/cmdstat_(slaveof|replicaof|sadd|del|module\|load):/);
    expect(recorded.rdbVersion).toBe(10);
    expect({ ...recorded, sections: [], config: {} }).toEqual({ ...near, sections: [], config: {} });
  });

  test('logs in with a password, which then is in no part of it', async () => {
    const server = await real('valkey-8.1.1', '--requirepass', 'correct-horse');

    const recorded = await record(server.port, {
      password: 'correct-horse',
      near: loadPersona('valkey-8.1.1-debian-13'),
    });

    expect(recorded.name).toBe('valkey-8.1.1-debian-13');
    expect(recorded.errors['locked-ping']).toBe('-NOAUTH Authentication required.\r\n');
    expect(JSON.stringify(recorded)).not.toContain('correct-horse');
  });

  test('says that a password is needed, or that it is the wrong one', async () => {
    const { port } = await real('redis-7.0.15', '--requirepass', 'secret');

    expect(await faultOf(record(port))).toContain('wants a password');
    expect(await faultOf(record(port, { password: 'wrong' }))).toContain('refuses the password');
  });

  test('says that nobody listens', async () => {
    expect(await faultOf(record(await freePort()))).toContain('ECONNREFUSED');
  });

  test.for([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'does not speak as Redis'],
    ['a mail server', '220 mail.example.invalid ESMTP\r\n', 'does not speak as Redis'],
    ['a server with a reply of its own', '+HELLO\r\n', 'another reply than PONG'],
    ['a server in protected mode', '-DENIED Redis is running in protected mode\r\n', 'refuses: DENIED'],
  ] as const)('is refused by %s', async ([, greeting, why]) => {
    const answer: Answer = (_, socket: Socket) => void socket.write(greeting);
    const peer = await startHostile({ answer });
    onTestFinished(() => peer.stop());

    expect(await faultOf(record(peer.port))).toContain(why);
  });

  test('says so when the server hangs up or stays silent', async () => {
    const closing = await startHostile({ onConnect: (socket) => socket.end() });
    const silent = await startHostile({ answer: () => undefined });
    onTestFinished(async () => {
      await closing.stop();
      await silent.stop();
    });
    const link = await openLink({ host: '127.0.0.1', port: silent.port }, 50);

    expect(await faultOf(record(closing.port))).toContain('hung up');
    expect(await faultOf(link.ask('PING'))).toContain('no reply');
    link.close();
  });

  test.for([
    ['redis_version:5.0.14\r\nredis_mode:standalone\r\nrole:master\r\n', 'older'],
    ['redis_version:9.1.0\r\nredis_mode:standalone\r\nrole:master\r\n', 'newer'],
    ['redis_version:7.2.4\r\nredis_mode:cluster\r\nrole:master\r\n', 'cluster mode'],
  ] as const)('refuses a server that it knows too little about: %s', async ([info, why]) => {
    const text = `# Server\r\n${info}`;
    const peer = await startHostile({
      answer: (argv) => (argv[0] === 'INFO' ? `$${text.length}\r\n${text}\r\n` : healthy(argv)),
    });
    onTestFinished(() => peer.stop());

    expect(await faultOf(record(peer.port))).toContain(why);
  });
});

function namesOf({ title, byDefault, fields }: Persona['sections'][number]): unknown {
  return [title, byDefault, fields.map(([name]) => name)];
}
