import type { ByteString } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import { since } from './version.ts';

const REDACTED = '(redacted)';
const SECRET_SETTINGS = new Set([
  'masterauth',
  'masteruser',
  'primaryauth',
  'primaryuser',
  'requirepass',
  'tls-client-key-file-pass',
  'tls-key-file-pass',
]);

/** A command's arguments as the slow log shows them: from 6.2 on without what is secret. */
export function redacted(call: Pick<Call, 'world' | 'argv'>, command: Command): readonly ByteString[] {
  const { argv } = call;
  if (!since(call, 6.2)) return argv;
  const secret = secretPlaces(call, command.name);
  return secret.length === 0 ? argv : argv.map((text, at) => (secret.includes(at) ? REDACTED : text));
}

function secretPlaces(call: Pick<Call, 'argv' | 'world'>, name: string): number[] {
  const { argv } = call;
  const from = (start: number): number[] => [...argv.keys()].slice(start);
  const word = (at: number): string => (argv[at] ?? '').toLowerCase();
  switch (name) {
    case 'auth':
      return from(1);
    case 'hello':
      return from(1).flatMap((at) => (word(at) === 'auth' ? [at + 1, at + 2] : []));
    case 'acl|setuser':
      return from(2);
    case 'acl|deluser':
    case 'acl|getuser':
      return since(call, 7.2) ? from(2) : [];
    case 'config|set':
      return from(2).flatMap((at) => (at % 2 === 0 && SECRET_SETTINGS.has(word(at)) ? [at + 1] : []));
    case 'migrate':
      return from(6).flatMap((at) =>
        word(at) === 'auth' ? [at + 1] : word(at) === 'auth2' ? [at + 1, at + 2] : [],
      );
    default:
      return [];
  }
}
