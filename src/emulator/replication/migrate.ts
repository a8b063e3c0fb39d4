import { isIP } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';
import { errorReply, simpleString } from '../../wire/resp-reply.ts';
import { block } from '../blocking.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';

const DEFAULT_TIMEOUT = 1_000;

/**
 * MIGRATE, which never connects: whatever the target, it cannot be reached. Time passes as it would for a real server,
 * but only for the one who asked.
 */
export function migrate(call: Call): ByteString {
  const keys = migratedKeys(call);
  const timeout = integerArgument(argument(call, 5));
  integerArgument(argument(call, 4));
  if (!keys.some((key) => call.db.get(key, call.now) !== undefined)) return simpleString('NOKEY');
  const { failing, waits } = failure(argument(call, 1), argument(call, 2), call.world.port);
  const reply = errorReply(`IOERR error or timeout ${failing}`);
  if (!waits) return reply;
  return block(call, {
    keys: [],
    timeoutMs: timeout > 0 ? timeout : DEFAULT_TIMEOUT,
    attempt: () => undefined,
    expired: () => reply,
  });
}

function migratedKeys(call: Call): readonly ByteString[] {
  const { argv } = call;
  for (let at = 6; at < argv.length; at++) {
    const more = argv.length - 1 - at;
    switch (argument(call, at).toLowerCase()) {
      case 'copy':
      case 'replace':
        break;
      case 'auth':
        if (more < 1) fail(SYNTAX);
        at++;
        break;
      case 'auth2':
        if (more < 2) fail(SYNTAX);
        at += 2;
        break;
      case 'keys':
        if (argument(call, 3) !== '') fail(KEYS_WITH_KEY);
        return argv.slice(at + 1);
      default:
        fail(SYNTAX);
    }
  }
  return [argument(call, 3)];
}

const KEYS_WITH_KEY = 'ERR When using MIGRATE KEYS option, the key argument must be set to the empty string';

/** Measured: the own machine refuses at once, the own port takes the connection but cannot answer meanwhile. */
function failure(host: ByteString, port: ByteString, own: number): { failing: string; waits: boolean } {
  const local = host.startsWith('127.') || ['localhost', '::1', '0.0.0.0'].includes(host);
  if (local && port === String(own)) return { failing: 'reading to target instance', waits: true };
  if (local) return { failing: 'writing to target instance', waits: false };
  const named = isIP(host) !== 0 || host.includes('.');
  return { failing: 'connecting to the client', waits: named };
}
