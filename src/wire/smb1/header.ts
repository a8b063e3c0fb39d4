import { packed, u8, u16, u32 } from './bytes.ts';

/** The 32 bytes that every SMB1 message begins with (MS-CIFS 2.2.3.1). */
export interface Header {
  readonly command: number;
  /** NT status; of a request nothing is meant by it. */
  readonly status: number;
  readonly flags: number;
  readonly flags2: number;
  /** Process id, its high half included. */
  readonly pid: number;
  readonly tid: number;
  readonly uid: number;
  readonly mid: number;
}

export const HEADER_LENGTH = 32;
/** The shortest message: header, no words, no bytes. */
export const SHORTEST = HEADER_LENGTH + 3;

const FLAG_REPLY = 0x80;
const FLAG2_EXTENDED_SECURITY = 0x0800;
const FLAG2_UNICODE = 0x8000;

export const isUnicode = ({ flags2 }: Pick<Header, 'flags2'>): boolean => (flags2 & FLAG2_UNICODE) !== 0;
export const isExtended = ({ flags2 }: Pick<Header, 'flags2'>): boolean =>
  (flags2 & FLAG2_EXTENDED_SECURITY) !== 0;

export function decodeHeader(message: Buffer): Header {
  return {
    command: u8(message, 4),
    status: u32(message, 5),
    flags: u8(message, 9),
    flags2: u16(message, 10),
    pid: u16(message, 12) * 0x1_0000 + u16(message, 26),
    tid: u16(message, 24),
    uid: u16(message, 28),
    mid: u16(message, 30),
  };
}

/** The signature stays zero: signing is never agreed on. */
export function encodeHeader(header: Header): Buffer {
  const { command, status, flags, flags2, pid, tid, uid, mid } = header;
  return Buffer.concat([
    Buffer.from('\xffSMB', 'latin1'),
    packed([1, command], [4, status], [1, flags], [2, flags2], [2, Math.floor(pid / 0x1_0000)]),
    packed([8, 0], [2, 0], [2, tid], [2, pid], [2, uid], [2, mid]),
  ]);
}

/**
 * The header of a reply. Flags are the request's with the reply bit, flags2 are echoed: real Windows 7 does so, and
 * with fixed ones nmap -sV does not know the service (measured).
 */
export function replyHeader(request: Header, status: number): Header {
  return { ...request, status, flags: request.flags | FLAG_REPLY };
}
