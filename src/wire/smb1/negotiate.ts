import type { Block, ReplyBlock } from './blocks.ts';
import { packed } from './bytes.ts';
import { COMMAND } from './commands.ts';

/** Dialects that are read; clients offer up to a dozen. */
const DIALECTS_MOST = 32;
const DIALECT_LONGEST = 64;
const DIALECT_MARK = 0x02;

/** The dialects of a request, in order (MS-CIFS 2.2.4.52.1). */
export function decodeDialects({ message, dataAt, dataEnd }: Block): string[] {
  const dialects: string[] = [];
  for (let at = dataAt; at < dataEnd && message[at] === DIALECT_MARK && dialects.length < DIALECTS_MOST; ) {
    const zero = message.indexOf(0, at);
    const end = zero < 0 || zero > dataEnd ? dataEnd : zero;
    dialects.push(message.toString('latin1', at + 1, Math.min(end, at + 1 + DIALECT_LONGEST)));
    at = end + 1;
  }
  return dialects;
}

export interface NegotiateReply {
  /** Index of the chosen dialect. */
  readonly dialect: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The old way: a challenge and names. With extended security: a GUID and a SPNEGO token. */
  readonly security:
    | {
        readonly kind: 'challenge';
        readonly challenge: Buffer;
        readonly domain: string;
        readonly server: string;
      }
    | { readonly kind: 'extended'; readonly guid: Buffer; readonly token: Buffer };
}

/** What Windows 7 says of itself: captures of real ones agree (user level, encrypted passwords, MPX 50, ...). */
const SECURITY_MODE = 0x03;
const MAX_MPX = 50;
const MAX_CONNECTIONS = 1;
const MAX_BUFFER = 4_356;
const MAX_RAW = 65_536;
const CAPABILITIES = 0x0001_e3fc;
const CAPABILITY_EXTENDED = 0x8000_0000;
/** None of the dialects. */
const NO_DIALECT = 0xffff;
const CHALLENGE_LENGTH = 8;

/** NT LM 0.12 (MS-CIFS 2.2.4.52.2, MS-SMB 2.2.4.5.2). */
export function encodeNegotiate({ dialect, time, security }: NegotiateReply): ReplyBlock {
  const extended = security.kind === 'extended';
  const words = packed(
    [2, dialect],
    [1, SECURITY_MODE],
    [2, MAX_MPX],
    [2, MAX_CONNECTIONS],
    [4, MAX_BUFFER],
    [4, MAX_RAW],
    [4, 0],
    [4, extended ? CAPABILITIES + CAPABILITY_EXTENDED : CAPABILITIES],
    [8, fileTime(time)],
    [2, 0],
    [1, extended ? 0 : CHALLENGE_LENGTH],
  );
  // Here, and only here, strings are not aligned.
  const data = extended
    ? [security.guid, security.token]
    : [security.challenge, Buffer.from(`${security.domain}\0${security.server}\0`, 'utf16le')];
  return { command: COMMAND.negotiate, words, data: Buffer.concat(data) };
}

export const NO_DIALECT_REPLY: ReplyBlock = {
  command: COMMAND.negotiate,
  words: packed([2, NO_DIALECT]),
  data: Buffer.alloc(0),
};

/** Steps of 100 ns since 1601. */
export function fileTime(ms: number): bigint {
  return (BigInt(Math.trunc(ms)) + 11_644_473_600_000n) * 10_000n;
}
