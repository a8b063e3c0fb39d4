import type { Block } from './blocks.ts';
import { u8, u16, u32 } from './bytes.ts';
import { COMMAND } from './commands.ts';
import type { Header } from './header.ts';
import { isUnicode } from './header.ts';
import { readText } from './text.ts';

export type TransactionKind = 'transaction' | 'transaction2' | 'nt-transact';

/** What the message that opens a transaction says of it. Its parameters and data are counted, never read. */
export interface TransactionStart {
  readonly part: 'start';
  readonly kind: TransactionKind;
  readonly totalParameters: number;
  readonly totalData: number;
  readonly parameters: number;
  readonly data: number;
  /** Function of an nt-transact; first setup word of the others. */
  readonly code: number | undefined;
  /** Second setup word: the FID, where a pipe is meant. */
  readonly fid: number;
  readonly timeout: number;
  /** Name of a transaction: `\PIPE\`. */
  readonly name: string;
}

/** What a message that goes on with one brings. */
export interface TransactionRest {
  readonly part: 'rest';
  readonly kind: TransactionKind;
  readonly parameters: number;
  readonly data: number;
}

export type TransactionPart = TransactionStart | TransactionRest;

const OLD_WORDS = 28;
const NT_WORDS = 38;
const REST_WORDS = { transaction: 16, transaction2: 18, 'nt-transact': 36 } as const;

/** MS-CIFS 2.2.4.33, .34, .46, .47, .62 and .63. Undefined for another command, and when words are missing. */
export function decodeTransaction(block: Block, header: Header): TransactionPart | undefined {
  switch (block.command) {
    case COMMAND.transaction:
      return oldStart(block, 'transaction', isUnicode(header));
    case COMMAND.transaction2:
      return oldStart(block, 'transaction2', false);
    case COMMAND['nt-transact']:
      return ntStart(block);
    case COMMAND['transaction-secondary']:
      return rest(block, 'transaction');
    case COMMAND['transaction2-secondary']:
      return rest(block, 'transaction2');
    case COMMAND['nt-transact-secondary']:
      return rest(block, 'nt-transact');
    default:
      return undefined;
  }
}

function oldStart(
  { words, message, dataAt, dataEnd }: Block,
  kind: 'transaction' | 'transaction2',
  unicode: boolean,
): TransactionStart | undefined {
  if (words.length < OLD_WORDS) return undefined;
  const setup = u8(words, 26);
  return {
    part: 'start',
    kind,
    totalParameters: u16(words, 0),
    totalData: u16(words, 2),
    parameters: u16(words, 18),
    data: u16(words, 22),
    code: setup > 0 && words.length > OLD_WORDS ? u16(words, 28) : undefined,
    fid: u16(words, 30),
    timeout: u32(words, 12),
    name: kind === 'transaction' ? readText(message.subarray(0, dataEnd), dataAt, unicode).text : '',
  };
}

function ntStart({ words }: Block): TransactionStart | undefined {
  if (words.length < NT_WORDS) return undefined;
  return {
    part: 'start',
    kind: 'nt-transact',
    totalParameters: u32(words, 3),
    totalData: u32(words, 7),
    parameters: u32(words, 19),
    data: u32(words, 27),
    code: u16(words, 36),
    fid: 0,
    timeout: 0,
    name: '',
  };
}

function rest({ words }: Block, kind: TransactionKind): TransactionRest | undefined {
  if (words.length < REST_WORDS[kind]) return undefined;
  return kind === 'nt-transact'
    ? { part: 'rest', kind, parameters: u32(words, 11), data: u32(words, 23) }
    : { part: 'rest', kind, parameters: u16(words, 4), data: u16(words, 10) };
}

/** What a transaction asks for, where it has a name (MS-CIFS 2.2.5 to 2.2.7). */
const SUBCOMMANDS: Readonly<Record<TransactionKind, ReadonlyMap<number, string>>> = {
  transaction: new Map([
    [0x0001, 'set-named-pipe-state'],
    [0x0011, 'raw-read-named-pipe'],
    [0x0021, 'query-named-pipe-state'],
    [0x0022, 'query-named-pipe-info'],
    [0x0023, 'peek-named-pipe'],
    [0x0026, 'transact-named-pipe'],
    [0x0031, 'raw-write-named-pipe'],
    [0x0036, 'read-named-pipe'],
    [0x0037, 'write-named-pipe'],
    [0x0053, 'wait-named-pipe'],
    [0x0054, 'call-named-pipe'],
  ]),
  transaction2: new Map([
    [0x0000, 'open2'],
    [0x0001, 'find-first2'],
    [0x0002, 'find-next2'],
    [0x0003, 'query-fs-information'],
    [0x0004, 'set-fs-information'],
    [0x0005, 'query-path-information'],
    [0x0006, 'set-path-information'],
    [0x0007, 'query-file-information'],
    [0x0008, 'set-file-information'],
    [0x000d, 'create-directory'],
    [0x000e, 'session-setup'],
    [0x0010, 'get-dfs-referral'],
    [0x0011, 'report-dfs-inconsistency'],
  ]),
  'nt-transact': new Map([
    [0x0001, 'create'],
    [0x0002, 'ioctl'],
    [0x0003, 'set-security-desc'],
    [0x0004, 'notify-change'],
    [0x0005, 'rename'],
    [0x0006, 'query-security-desc'],
  ]),
};

export function subcommandName({ kind, code }: TransactionStart): string | undefined {
  if (code === undefined) return undefined;
  return SUBCOMMANDS[kind].get(code) ?? `0x${code.toString(16).padStart(4, '0')}`;
}
