import type { ByteString } from '../../model/bytes.ts';
import { aclOf } from '../acl/acl.ts';
import { clientKind, localAddress, peerAddress } from '../client-list.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, integerArgument, SYNTAX } from '../command.ts';
import { isValkey, since } from '../version.ts';
import type { ClientState } from '../world.ts';

/** Which clients are meant; `skipMe` undefined when nothing was said about it. */
export interface ClientFilter {
  readonly tests: readonly ((client: ClientState) => boolean)[];
  readonly skipMe: boolean | undefined;
}

/** Options from argument 2 on, as CLIENT KILL and (in Valkey 8.1) CLIENT LIST take them. */
export function clientFilter(call: Call): ClientFilter {
  const tests: ((client: ClientState) => boolean)[] = [];
  let skipMe: boolean | undefined;
  let at = 2;
  while (at < call.argv.length) {
    const [word, value] = [argument(call, at).toLowerCase(), argument(call, at + 1)];
    if (at + 1 >= call.argv.length) fail(SYNTAX);
    at += 2;
    if (word === 'id') {
      const ids = new Set([idArgument(call, value)]);
      // Up to 6.2 the number 0 is no condition.
      if (ids.has(0)) continue;
      // Valkey takes several.
      while (isValkey(call) && /^[1-9]\d{0,18}$/.test(call.argv[at] ?? '')) ids.add(Number(call.argv[at++]));
      tests.push((one) => ids.has(one.id));
    } else if (word === 'skipme') {
      const answer = value.toLowerCase();
      if (answer !== 'yes' && answer !== 'no') fail(SYNTAX);
      skipMe = answer === 'yes';
    } else tests.push(test(call, word, value));
  }
  return { tests, skipMe };
}

function test(call: Call, word: string, value: ByteString): (client: ClientState) => boolean {
  switch (word) {
    case 'addr':
      return (one) => peerAddress(one) === value;
    case 'type': {
      const kind = kindArgument(call, value);
      return (one) => clientKind(one) === kind;
    }
    case 'user': {
      const user = aclOf(call.world).users.get(value);
      if (user === undefined) return fail(`ERR No such user '${value}'`);
      return (one) => one.user === user;
    }
    case 'laddr':
      if (since(call, 6.2)) return (one) => localAddress(one) === value;
      break;
    case 'maxage':
      if (since(call, 7.4) || isValkey(call)) {
        const seconds = integerArgument(value, 'ERR maxage is not an integer or out of range');
        if (seconds <= 0) fail('ERR maxage should be greater than 0');
        return (one) => call.now - one.since >= seconds * 1_000;
      }
      break;
    default:
  }
  return fail(SYNTAX);
}

function idArgument(call: Call, text: ByteString): number {
  if (!since(call, 7)) return Number(exactInteger(text));
  const id = Number(exactInteger(text, isValkey(call) ? SYNTAX : 'ERR client-id should be greater than 0'));
  if (id < 1) fail('ERR client-id should be greater than 0');
  return id;
}

/** normal, pubsub, replica, master (in Valkey also primary). */
export function kindArgument(call: Call, word: ByteString): string {
  const kind = word.toLowerCase();
  const known = ['normal', 'master', 'replica', 'slave', 'pubsub', ...(isValkey(call) ? ['primary'] : [])];
  if (!known.includes(kind)) fail(`ERR Unknown client type '${word}'`);
  return kind;
}
