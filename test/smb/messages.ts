import { packed } from '../../src/wire/smb1/bytes.ts';
import { COMMAND } from '../../src/wire/smb1/commands.ts';
import { framed } from '../../src/wire/smb1/framer.ts';
import { encodeHeader } from '../../src/wire/smb1/header.ts';

/** What a client says, as frames. Exploits are shapes only: headers and lengths as theirs, zeros where their bytes were. */
export interface Ids {
  readonly pid?: number;
  readonly tid?: number;
  readonly uid?: number;
  readonly mid?: number;
  readonly flags?: number;
  readonly flags2?: number;
}

/** Unicode, NT status, long names; with extended security 0xc853. Real clients (WannaCry) send both. */
export const FLAGS2 = 0xc053;
export const FLAGS2_EXTENDED = 0xc853;
const IDS = { pid: 0xfeff, tid: 2_048, uid: 2_048, mid: 64, flags: 0x18, flags2: FLAGS2 };

export function message(name: keyof typeof COMMAND, words: Buffer, data: Buffer, ids: Ids = {}): Buffer {
  return framed(bare(name, words, data, ids));
}

export function bare(name: keyof typeof COMMAND, words: Buffer, data: Buffer, ids: Ids = {}): Buffer {
  const header = encodeHeader({ ...IDS, ...ids, command: COMMAND[name], status: 0 });
  return Buffer.concat([header, body(words, data)]);
}

export function body(words: Buffer, data: Buffer): Buffer {
  return Buffer.concat([packed([1, words.length / 2]), words, packed([2, data.length]), data]);
}

export function negotiate(ids: Ids = {}, dialects: readonly string[] = ['LANMAN1.0', 'NT LM 0.12']): Buffer {
  const data = dialects.map((dialect) => Buffer.from(`\x02${dialect}\0`, 'latin1'));
  return message('negotiate', Buffer.alloc(0), Buffer.concat(data), ids);
}

/** The old form, one byte a character; the passwords are empty. */
export function oldSetup(texts: readonly string[], next = 0xff, offset = 0): { words: Buffer; data: Buffer } {
  const words = packed(
    [1, next],
    [1, 0],
    [2, offset],
    ...([4_356, 2, 0] as const).map((value) => [2, value] as const),
    [4, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, 0xd4],
  );
  return { words, data: Buffer.from(texts.map((text) => `${text}\0`).join(''), 'latin1') };
}

export function sessionSetup(texts: readonly string[], ids: Ids = {}): Buffer {
  const { words } = oldSetup(texts);
  // The data begin at an odd place, strings at an even one.
  const data = Buffer.concat([
    Buffer.alloc(1),
    Buffer.from(texts.map((text) => `${text}\0`).join(''), 'utf16le'),
  ]);
  return message('session-setup-andx', words, data, ids);
}

export function extendedSetup(token: Buffer, ids: Ids = {}): Buffer {
  const words = packed(
    [4, 0xff],
    [2, 4_356],
    [2, 2],
    [2, 0],
    [4, 0],
    [2, token.length],
    [4, 0],
    [4, 0x8000_00d4],
  );
  const padding = Buffer.alloc(token.length % 2 === 0 ? 1 : 0);
  const data = Buffer.concat([token, padding, Buffer.from('Windows 5.1\0Windows LAN\0', 'utf16le')]);
  return message('session-setup-andx', words, data, { flags2: FLAGS2_EXTENDED, ...ids });
}

export function treeConnect(path: string, ids: Ids = {}): Buffer {
  const data = Buffer.concat([Buffer.alloc(1), Buffer.from(`${path}\0`, 'utf16le'), Buffer.from('?????\0')]);
  return message('tree-connect-andx', packed([4, 0xff], [2, 0], [2, 1]), data, ids);
}

interface Counts {
  readonly totalData: number;
  readonly data: number;
  readonly setup?: readonly number[];
  readonly timeout?: number;
  readonly function?: number;
}

export function transaction(kind: 'transaction' | 'transaction2', counts: Counts, ids: Ids = {}): Buffer {
  const setup = counts.setup ?? [];
  const words = packed(
    [2, 0],
    [2, counts.totalData],
    [2, 1],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, counts.timeout ?? 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, counts.data],
    [2, 0],
    [1, setup.length],
    [1, 0],
    ...setup.map((word) => [2, word] as const),
  );
  return message(kind, words, Buffer.alloc(counts.data), ids);
}

export function ntTransact(counts: Counts, ids: Ids = {}): Buffer {
  const words = packed(
    [1, 1],
    [2, 0],
    [4, 0],
    [4, counts.totalData],
    [8, 0],
    [4, 0],
    [4, 0],
    [4, counts.data],
    [4, 0],
    [1, 0],
    [2, counts.function ?? 0],
  );
  return message('nt-transact', words, Buffer.alloc(counts.data), ids);
}

export function secondary(
  kind: 'transaction-secondary' | 'transaction2-secondary' | 'nt-transact-secondary',
  data: number,
  ids: Ids = {},
): Buffer {
  const words =
    kind === 'nt-transact-secondary'
      ? packed([1, 0], [2, 0], [4, 0], [4, 0], [4, 0], [8, 0], [4, data], [8, 0], [1, 0])
      : packed(
          [8, 0],
          [2, 0],
          [2, data],
          [4, 0],
          ...(kind === 'transaction2-secondary' ? [[2, 0] as const] : []),
        );
  return message(kind, words, Buffer.alloc(data), ids);
}

/** Mode 4 is a raw write to a pipe. */
export function write(fid: number, data: number, mode = 4, ids: Ids = {}): Buffer {
  const words = packed([4, 0xff], [2, fid], [4, 0], [4, 0], [2, mode], [2, 0], [2, 0], [2, data], [2, 0]);
  return message('write-andx', words, Buffer.alloc(data), ids);
}

export function echo(count: number, data: string, ids: Ids = {}): Buffer {
  return message('echo', packed([2, count]), Buffer.from(data, 'latin1'), ids);
}

/** An NTLMSSP message of a client; the third names who it is from. */
export function ntlm(
  kind: 1 | 3,
  who: { user?: string; domain?: string; workstation?: string } = {},
): Buffer {
  const head = Buffer.concat([Buffer.from('NTLMSSP\0', 'latin1'), packed([4, kind])]);
  if (kind === 1) return Buffer.concat([head, Buffer.alloc(20)]);
  const names = [who.domain ?? '', who.user ?? '', who.workstation ?? ''].map((name) =>
    Buffer.from(name, 'utf16le'),
  );
  let at = 64;
  const fields = names.map((name) => {
    const field = packed([2, name.length], [2, name.length], [4, at]);
    at += name.length;
    return field;
  });
  return Buffer.concat([head, Buffer.alloc(16), ...fields, packed([8, 0], [4, 1]), ...names]);
}

/** The head of the frame with which EternalBlue opens connections: 65,527 bytes of SMB2 that never come. */
export const GROOMING = Buffer.from('0000fff7fe534d42', 'hex');

/** One visit each, in the shape of the exploit that it is named after. */
export const SHAPES = {
  probe: [transaction('transaction', { totalData: 0, data: 0, setup: [0x23, 0] })],
  eternalBlue: [
    ntTransact({ totalData: 66_512, data: 976 }),
    ...Array.from({ length: 16 }, () => secondary('transaction2-secondary', 4_096)),
  ],
  eternalRomance: [
    transaction('transaction', { totalData: 8_192, data: 512, setup: [0x26, 0x4000] }, { mid: 0x4000 }),
    write(0x4000, 256, 4, { mid: 65 }),
  ],
  eternalSynergy: [
    transaction('transaction', { totalData: 8_192, data: 512, setup: [0x26, 0x4000] }),
    write(0x4000, 256),
  ],
  eternalChampionLeak: [
    ntTransact({ totalData: 4_096, data: 4_096, function: 5 }),
    secondary('nt-transact-secondary', 512),
  ],
  eternalChampion: [
    transaction('transaction2', { totalData: 64, data: 64, setup: [5] }),
    secondary('transaction2-secondary', 8),
  ],
  // Byte sums 0xc8 and 0x77.
  doublePulsarExec: [
    transaction('transaction2', { totalData: 4_096, data: 4_096, setup: [0x0e], timeout: 0x001a_8925 }),
  ],
  doublePulsarKill: [
    transaction('transaction2', { totalData: 12, data: 12, setup: [0x0e], timeout: 0x0000_0077 }),
  ],
} as const;
