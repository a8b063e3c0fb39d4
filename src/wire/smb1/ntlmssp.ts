import { packed, u16, u32 } from './bytes.ts';
import { fileTime } from './negotiate.ts';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const NAME_LONGEST = 512;
const FLAG_UNICODE = 0x0000_0001;

/** A client's NTLMSSP message (MS-NLMP 2.2.1). Of the third one who it is from; its answers to the challenge are not read. */
export type NtlmMessage =
  | { readonly kind: 'negotiate' }
  | {
      readonly kind: 'authenticate';
      readonly user: string;
      readonly domain: string;
      readonly workstation: string;
    };

/** Finds one in a security token, bare or wrapped by SPNEGO; `bare` tells which. Undefined when there is none. */
export function findNtlm(
  token: Buffer,
): { readonly message: NtlmMessage; readonly bare: boolean } | undefined {
  const at = token.indexOf(SIGNATURE);
  if (at < 0) return undefined;
  const bytes = token.subarray(at);
  switch (u32(bytes, 8)) {
    case 1:
      return { message: { kind: 'negotiate' }, bare: at === 0 };
    case 3:
      return { message: authenticate(bytes), bare: at === 0 };
    default:
      return undefined;
  }
}

function authenticate(bytes: Buffer): NtlmMessage {
  const unicode = u32(bytes, 60) % 2 === FLAG_UNICODE;
  const field = (at: number): string => {
    const from = u32(bytes, at + 4);
    const length = Math.min(u16(bytes, at), NAME_LONGEST);
    return bytes.subarray(from, from + length).toString(unicode ? 'utf16le' : 'latin1');
  };
  return { kind: 'authenticate', domain: field(28), user: field(36), workstation: field(44) };
}

/**
 * What a Windows 7 that is in no domain takes of the offered: Unicode, NTLM, target information, extended session
 * security, version, 128 and 56 bits.
 */
const CHALLENGE_FLAGS = 0xe28a_8215;
const HEAD = 56;

/** The second message: a challenge, and the names of the server (MS-NLMP 2.2.1.2). */
export function encodeChallenge(server: {
  readonly host: string;
  readonly challenge: Buffer;
  readonly time: number;
}): Buffer {
  const name = Buffer.from(server.host, 'utf16le');
  const pair = (id: number, value: Buffer): Buffer =>
    Buffer.concat([packed([2, id], [2, value.length]), value]);
  const info = Buffer.concat([
    pair(2, name),
    pair(1, name),
    pair(4, name),
    pair(3, name),
    pair(7, packed([8, fileTime(server.time)])),
    pair(0, Buffer.alloc(0)),
  ]);
  const field = (length: number, at: number): Buffer => packed([2, length], [2, length], [4, at]);
  return Buffer.concat([
    SIGNATURE,
    packed([4, 2]),
    field(name.length, HEAD),
    packed([4, CHALLENGE_FLAGS]),
    server.challenge,
    packed([8, 0]),
    field(info.length, HEAD + name.length),
    // Version 6.1, build 7601, NTLM revision 15.
    packed([1, 6], [1, 1], [2, 7_601], [2, 0], [1, 0], [1, 15]),
    name,
    info,
  ]);
}
