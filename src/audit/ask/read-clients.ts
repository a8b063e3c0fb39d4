import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { ConnectedClient } from '../server-facts.ts';
import { CLIENT_NAME } from './allowed.ts';
import { textOf } from './reply-values.ts';

const MOST_CLIENTS = 1_000;
const LONGEST_LINE = 2_048;
const LONGEST_WORD = 256;

/** CLIENT LIST: a line a client, `name=value` between blanks; a name holds no blank. */
export function readClients(reply: Reply | undefined): readonly ConnectedClient[] | undefined {
  const text = textOf(reply);
  if (text === undefined) return undefined;
  const clients: ConnectedClient[] = [];
  for (let at = 0; at < text.length && clients.length < MOST_CLIENTS; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    const client = clientOf(line.slice(0, LONGEST_LINE));
    if (client !== undefined) clients.push(client);
  }
  return clients;
}

function clientOf(line: ByteString): ConnectedClient | undefined {
  const fields = new Map<string, ByteString>();
  for (const pair of line.split(' ')) {
    const equals = pair.indexOf('=');
    if (equals > 0) fields.set(pair.slice(0, equals), pair.slice(equals + 1, equals + 1 + LONGEST_WORD));
  }
  const address = fields.get('addr');
  if (address === undefined) return undefined;
  const field = (name: string): ByteString => fields.get(name) ?? '';
  const seconds = (name: string): number => {
    const value = Number(field(name));
    return Number.isSafeInteger(value) && value >= 0 ? value : 0;
  };
  const command = field('cmd').toLowerCase();
  return {
    address,
    name: field('name'),
    user: field('user'),
    command,
    flags: field('flags'),
    library: field('lib-name'),
    ageSeconds: seconds('age'),
    idleSeconds: seconds('idle'),
    // Nobody else asks for the list under our name at this moment but another audit.
    self: field('name') === CLIENT_NAME && /^client(\|list)?$/.test(command),
  };
}
