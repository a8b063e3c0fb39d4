import type { Client, RedisServer } from '../../src/emulator/client.ts';
import type { View } from '../../src/emulator/views.ts';
import type { ClientState } from '../../src/emulator/world.ts';
import type { RequestDecoder } from '../../src/wire/request-decoder.ts';
import { createRequestDecoder } from '../../src/wire/request-decoder.ts';
import { createReplyCheck } from './reply-check.ts';

/** One connection of the fuzzer: bytes in, replies checked, no socket. */
export interface Guest {
  /** Sends bytes and runs what is whole. */
  send(bytes: string): void;
  leave(): void;
  readonly gone: boolean;
  readonly blocked: boolean;
  /** Bytes of unfinished requests. */
  held(): number;
  readonly view: View;
}

export interface Witness {
  /** Milliseconds of this thread that a request took: what else the machine does must not count. */
  took(ms: number, argv: readonly string[]): void;
  wrong(what: string, argv: readonly string[]): void;
}

/** Bytes that a guest may have sent while it waits. */
const MOST_HELD = 200_000;

export function enterGuest(redis: RedisServer, address: string, port: number, witness: Witness): Guest {
  const decoder: RequestDecoder = createRequestDecoder();
  const check = createReplyCheck();
  let last: readonly string[] = [];
  let gone = false;
  let running = false;
  /** It has become a replica: what comes is a file and a stream of commands. */
  let replica = false;
  const see = (bytes: string, whole: boolean): void => {
    if (bytes === '' || gone || replica) return;
    const wrong = check(bytes, whole);
    if (wrong === undefined) return;
    witness.wrong(wrong, last);
    leave();
  };
  const client: Client | undefined = redis.connect(
    { address, port, localAddress: '192.0.2.2', localPort: 6_379 },
    { send: (bytes) => see(bytes, false), close: () => leave(), resume: () => serve() },
  );
  if (client === undefined) throw new Error('no room for a guest');
  const leave = (): void => {
    if (gone) return;
    gone = true;
    client.disconnect();
  };
  const serve = (): void => {
    if (running) return;
    running = true;
    client.begin();
    for (;;) {
      if (gone || client.standing.blocked) break;
      const request = decoder.next(client.limits());
      if (request === undefined) break;
      if (request.kind === 'fault') {
        see(client.fault(request), true);
        leave();
        break;
      }
      last = request.argv;
      replica ||= /^p?sync$/i.test(last[0] ?? '');
      const started = process.threadCpuUsage();
      const reply = client.run(request);
      const { user, system } = process.threadCpuUsage(started);
      witness.took((user + system) / 1_000, last);
      // Who has ended its own connection in a transaction hears no more than a part of the reply.
      see(reply, !client.standing.closing);
      if (client.standing.closing) leave();
    }
    client.account(1, 1, decoder.announced());
    running = false;
  };
  return {
    send: (bytes) => {
      if (gone) return;
      decoder.push(bytes);
      serve();
      if (client.standing.blocked && decoder.held() > MOST_HELD) leave();
    },
    leave,
    get gone() {
      return gone;
    },
    get blocked() {
      return client.standing.blocked;
    },
    held: () => decoder.held(),
    // The emulator's own state of a connection is what it shows the listener as its standing.
    view: (client.standing as ClientState).view,
  };
}
