import { describe, expect, test } from 'vitest';
import type { Header } from '../../wire/smb1/header.ts';
import type { TransactionKind, TransactionStart } from '../../wire/smb1/transaction.ts';
import { createTransactions } from './transactions.ts';

function header(mid = 64, ids: Partial<Header> = {}): Header {
  return { command: 0, status: 0, flags: 0, flags2: 0, pid: 1, tid: 2_048, uid: 2_048, mid, ...ids };
}

function start(kind: TransactionKind, data: number, totalData: number): TransactionStart {
  const counts = { totalParameters: 0, parameters: 0, totalData, data };
  return { part: 'start', kind, ...counts, code: undefined, fid: 0, timeout: 0, name: '' };
}

const rest = (kind: TransactionKind, data: number) => ({ part: 'rest', kind, parameters: 0, data }) as const;

describe('the transactions of a connection', () => {
  test('are whole when all was sent', () => {
    const books = createTransactions();

    expect(books.start(header(), start('transaction2', 10, 30)).whole).toBe(false);
    expect(books.rest(header(), rest('transaction2', 10))).toEqual({ whole: false, oddity: {} });
    expect(books.rest(header(), rest('transaction2', 10))).toEqual({ whole: true, oddity: {} });
  });

  test('tell another kind from a late part', () => {
    const books = createTransactions();
    books.start(header(), start('nt-transact', 10, 10));

    expect(books.rest(header(), rest('nt-transact', 1)).oddity).toEqual({ late: true });
    expect(books.rest(header(), rest('transaction2', 1)).oddity).toEqual({ continues: 'nt-transact' });
  });

  test.for([{ pid: 9 }, { tid: 9 }, { uid: 9 }, { mid: 9 }])('are told apart by %j', (ids) => {
    const books = createTransactions();
    books.start(header(), start('nt-transact', 10, 20));

    expect(books.rest(header(64, ids), rest('transaction2', 1)).oddity).toEqual({});
    expect(books.write(header(64, ids), { fid: 1, raw: true })).toEqual({});
  });

  test('are written into by their id, or raw by the pipe in its place, while they are open', () => {
    const books = createTransactions();
    books.start(header(0x4000), start('transaction', 10, 20));

    expect(books.write(header(0x4000), { fid: 1, raw: false })).toEqual({ continues: 'transaction' });
    expect(books.write(header(7), { fid: 0x4000, raw: true })).toEqual({ continues: 'transaction' });
    expect(books.write(header(7), { fid: 0x4000, raw: false })).toEqual({});
    books.rest(header(0x4000), rest('transaction', 10));
    expect(books.write(header(0x4000), { fid: 1, raw: false })).toEqual({});
  });

  test('are forgotten from the oldest on, beyond 64', () => {
    const books = createTransactions();
    for (let mid = 0; mid < 65; mid++) books.start(header(mid), start('nt-transact', 0, 10));

    expect(books.rest(header(0), rest('transaction2', 1)).oddity).toEqual({});
    expect(books.rest(header(1), rest('transaction2', 1)).oddity).toEqual({ continues: 'nt-transact' });
  });
});
