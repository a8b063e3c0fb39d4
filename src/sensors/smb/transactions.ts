import type { ActOf } from '../../model/act.ts';
import type { Header } from '../../wire/smb1/header.ts';
import type { TransactionKind, TransactionRest, TransactionStart } from '../../wire/smb1/transaction.ts';
import { subcommandName } from '../../wire/smb1/transaction.ts';

/** What is odd about a message, for its act. */
export type Oddity = Pick<ActOf<'smb.command'>, 'subcommand' | 'continues' | 'late'>;

/**
 * The transactions of one connection by process, multiplex, tree and user id, which all messages of one have to share
 * (MS-CIFS 3.2.4.1.4). Client ids repeat between connections, so each has books of its own. Only counts are kept.
 *
 * A server has to look at what a message goes on with; the exploits of MS17-010 live of Windows not looking. So this
 * tells the exploits apart by what they cannot do without, whatever their bytes: EternalBlue ends an nt-transact with
 * transaction2-secondaries, EternalRomance and EternalSynergy write into an open transaction, EternalChampion (and the
 * memory read of EternalSynergy) goes on with one that is whole.
 */
export interface Transactions {
  start(header: Header, start: TransactionStart): { readonly whole: boolean };
  rest(header: Header, rest: TransactionRest): { readonly whole: boolean; readonly oddity: Oddity };
  /** A raw write finds its transaction by the pipe's FID in the place of the multiplex id. */
  write(header: Header, write: { readonly fid: number; readonly raw: boolean }): Oddity;
}

interface Opened {
  readonly kind: TransactionKind;
  readonly subcommand: string | undefined;
  parametersLeft: number;
  dataLeft: number;
  whole: boolean;
}

/** More at one time than a client that keeps to the agreed 50 has. */
const MOST = 64;

export function createTransactions(): Transactions {
  const opened = new Map<string, Opened>();

  const received = (one: Opened, part: { parameters: number; data: number }): boolean => {
    one.parametersLeft -= part.parameters;
    one.dataLeft -= part.data;
    one.whole = one.parametersLeft <= 0 && one.dataLeft <= 0;
    return one.whole;
  };
  return {
    start: (header, start) => {
      const key = keyOf(header, header.mid);
      const one: Opened = {
        kind: start.kind,
        subcommand: subcommandName(start),
        parametersLeft: start.totalParameters,
        dataLeft: start.totalData,
        whole: false,
      };
      // Behind the others, so that the oldest is the first to be forgotten.
      opened.delete(key);
      opened.set(key, one);
      const [oldest] = opened.keys();
      if (opened.size > MOST && oldest !== undefined) opened.delete(oldest);
      return { whole: received(one, start) };
    },
    rest: (header, rest) => {
      const one = opened.get(keyOf(header, header.mid));
      if (one === undefined) return { whole: false, oddity: {} };
      const late = one.whole;
      const subcommand = one.subcommand === undefined ? {} : { subcommand: one.subcommand };
      const whole = received(one, rest);
      if (one.kind !== rest.kind) return { whole, oddity: { ...subcommand, continues: one.kind } };
      return { whole, oddity: late ? { ...subcommand, late } : subcommand };
    },
    write: (header, { fid, raw }) => {
      const one = [header.mid, ...(raw ? [fid] : [])]
        .map((mid) => opened.get(keyOf(header, mid)))
        .find((found) => found !== undefined && !found.whole);
      return one === undefined ? {} : { continues: one.kind };
    },
  };
}

function keyOf({ pid, tid, uid }: Header, mid: number): string {
  return `${pid} ${mid} ${tid} ${uid}`;
}
