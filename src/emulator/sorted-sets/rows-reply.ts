import type { ByteString } from '../../model/bytes.ts';
import { array, bulk } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { scoreReply } from '../score-reply.ts';
import type { ScoredRow } from '../scored-members.ts';

/** Members, with scores in turn; a pair each in RESP3. */
export function rowsReply(call: Call, rows: readonly ScoredRow[], withScores: boolean): ByteString {
  if (!withScores) return array(rows.map(([member]) => bulk(member)));
  if (call.client.resp === 3) return pairsReply(call, rows);
  return `*${2 * rows.length}\r\n${rows.map((row) => cells(call, row)).join('')}`;
}

/** A pair each in either protocol. */
export function pairsReply(call: Call, rows: readonly ScoredRow[]): ByteString {
  return array(rows.map((row) => `*2\r\n${cells(call, row)}`));
}

const cells = (call: Call, [member, score]: ScoredRow): ByteString => bulk(member) + scoreReply(call, score);
