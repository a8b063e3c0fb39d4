import type { ActOf } from '../../model/act.ts';
import type { ReplyBlock } from '../../wire/smb1/blocks.ts';
import type { StatusName } from '../../wire/smb1/status.ts';
import type { Personality } from './personality.ts';
import type { Transactions } from './transactions.ts';

/** What one connection is to the sensor. */
export interface Guest {
  readonly personality: Personality;
  /** 8 bytes, this connection's. */
  readonly challenge: Buffer;
  readonly transactions: Transactions;
  now(): number;
}

export interface Answer {
  /** Empty when nothing is answered. */
  readonly status: StatusName | '';
  /** Absent for a reply without words and data. */
  readonly reply?: ReplyBlock;
  /** What the act tells beside name, status and size. */
  readonly seen?: Partial<ActOf<'smb.command'>>;
  readonly login?: ActOf<'smb.login'>;
  /** Ids that the reply brings, and the commands behind this one have. */
  readonly tid?: number;
  readonly uid?: number;
}

/** Windows counts from here (captures of real Windows 7 agree). */
export const FIRST_ID = 2_048;
export const INVALID: Answer = { status: 'STATUS_INVALID_PARAMETER' };
