import { loadPersona } from '../../src/emulator/persona.ts';
import { createRedisServer } from '../../src/emulator/server.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { inlineArguments } from '../../src/wire/inline-arguments.ts';

/** A conversation with a pretended server in this process, without a socket. */
export interface Talk {
  /** One command as redis-cli would split it; the raw reply. */
  say(words: string): string;
  run(argv: readonly string[]): string;
  /** Tells the ledger of bytes, as the listener does. */
  account(bytesIn: number, bytesOut: number, announced?: number): void;
  leave(): void;
  /** What came otherwise than as a reply. */
  readonly pushed: string[];
}

export const PERSONAS = [
  'redis-6.0.16-debian-11',
  'redis-7.0.15-debian-12',
  'redis-8.0.2-debian-13',
  'valkey-8.1.1-debian-13',
] as const;

/** A pretended server on a clock that stands still until it is moved on. */
export function pretended(persona: string, seed = 3) {
  const clock = fixedClock(1_700_000_000_000);
  const redis = createRedisServer({
    persona: loadPersona(persona),
    clock,
    random: seededRandom(seed),
    port: 6_379,
    maxClients: 100,
  });
  let port = 40_000;
  const connect = (address = '192.0.2.1'): Talk => {
    const pushed: string[] = [];
    const client = redis.connect(
      { address, port: port++, localAddress: '192.0.2.2', localPort: 6_379 },
      { send: (bytes) => void pushed.push(bytes), close: () => undefined, resume: () => undefined },
    );
    const run = (argv: readonly string[]): string => {
      client?.begin();
      return client?.run({ kind: 'request', argv, cut: [], dropped: 0 }) ?? '';
    };
    return {
      run,
      say: (words) => run(inlineArguments(words) ?? []),
      account: (bytesIn, bytesOut, announced) => client?.account(bytesIn, bytesOut, announced),
      leave: () => client?.disconnect(),
      pushed,
    };
  };
  return { clock, redis, connect };
}

/** One field of INFO as a number. */
export function figure(talk: Talk, name: string): number {
  const found = new RegExp(`^${name}:(-?[\\d.]+)`, 'm').exec(
    talk.say('INFO everything') || talk.say('INFO all'),
  );
  return Number(found?.[1]);
}
