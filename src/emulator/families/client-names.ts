import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail } from '../command.ts';

const LONGEST = 1_024;
const badWord = (what: string): string =>
  `ERR ${what} cannot contain spaces, newlines or special characters.`;

/** A name for CLIENT LIST: visible ASCII. */
export function namedClient(name: ByteString): ByteString {
  if (/[^!-~]/.test(name)) fail(badWord('Client names'));
  return ownedBytes(name.slice(0, LONGEST));
}

export function setName(call: Call): ByteString {
  call.client.name = namedClient(argument(call, 2));
  return OK;
}

/** CLIENT SETINFO lib-name|lib-ver. */
export function setInfo(call: Call): ByteString {
  const [option, value] = [argument(call, 2).toLowerCase(), argument(call, 3)];
  if (option !== 'lib-name' && option !== 'lib-ver') fail(`ERR Unrecognized option '${argument(call, 2)}'`);
  if (/[^!-~]/.test(value)) fail(badWord(option));
  const kept = ownedBytes(value.slice(0, LONGEST));
  if (option === 'lib-name') call.client.libraryName = kept;
  else call.client.libraryVersion = kept;
  return OK;
}
