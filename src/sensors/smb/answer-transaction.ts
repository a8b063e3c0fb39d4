import { bytesFromText } from '../../model/bytes.ts';
import type { Header } from '../../wire/smb1/header.ts';
import type { TransactionPart, TransactionStart } from '../../wire/smb1/transaction.ts';
import { subcommandName } from '../../wire/smb1/transaction.ts';
import type { Answer } from './guest.ts';
import { orderIn } from './order.ts';
import type { Transactions } from './transactions.ts';

/**
 * What is no whole transaction yet gets an empty success to its first message and nothing to the others, as the protocol
 * has it. That also lets EternalBlue go on: it waits for the one and sends the others blindly.
 */
export function answerTransaction(part: TransactionPart, header: Header, books: Transactions): Answer {
  if (part.part === 'start') {
    const { whole } = books.start(header, part);
    return { ...(whole ? outcome(part) : { status: 'STATUS_SUCCESS' }), seen: seenOf(part) };
  }
  const { whole, oddity } = books.rest(header, part);
  // What came in pieces makes no sense when it is put together, or so a server says that has survived it.
  return { status: whole ? 'STATUS_INVALID_PARAMETER' : '', seen: oddity };
}

function seenOf(start: TransactionStart): NonNullable<Answer['seen']> {
  const subcommand = subcommandName(start);
  return {
    ...(subcommand === undefined ? {} : { subcommand }),
    ...(start.name === '' ? {} : { path: bytesFromText(start.name) }),
    ...(start.kind === 'transaction2' && subcommand === 'session-setup'
      ? { order: orderIn(start.timeout) }
      : {}),
  };
}

function outcome(start: TransactionStart): Answer {
  const subcommand = subcommandName(start);
  switch (start.kind) {
    case 'nt-transact':
      return { status: 'STATUS_SUCCESS' };
    case 'transaction2':
      // The same multiplex id comes back: no implant is here (MS17-010 scanners look for the id plus 16).
      if (subcommand === 'session-setup') return { status: 'STATUS_NOT_IMPLEMENTED' };
      return { status: subcommand === 'get-dfs-referral' ? 'STATUS_NOT_FOUND' : 'STATUS_ACCESS_DENIED' };
    case 'transaction':
      // What a server without the update of MS17-010 answers to the question that scanners ask; one with it
      // answers STATUS_ACCESS_DENIED or STATUS_INVALID_HANDLE.
      if (subcommand === 'peek-named-pipe' && start.fid === 0)
        return { status: 'STATUS_INSUFF_SERVER_RESOURCES' };
      return { status: start.code === undefined ? 'STATUS_ACCESS_DENIED' : 'STATUS_INVALID_HANDLE' };
  }
}
