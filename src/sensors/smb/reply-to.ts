import type { Act } from '../../model/act.ts';
import type { Block, ReplyBlock } from '../../wire/smb1/blocks.ts';
import { decodeBlocks, EMPTY, encodeReply } from '../../wire/smb1/blocks.ts';
import type { Header } from '../../wire/smb1/header.ts';
import { decodeHeader, replyHeader } from '../../wire/smb1/header.ts';
import type { StatusName } from '../../wire/smb1/status.ts';
import { STATUS } from '../../wire/smb1/status.ts';
import { answer } from './answer.ts';
import type { Answer, Guest } from './guest.ts';

/** Statuses behind which a chain goes on. */
const FINE: ReadonlySet<StatusName | ''> = new Set(['STATUS_SUCCESS', 'STATUS_MORE_PROCESSING_REQUIRED']);

/** Answers one message, command by command; `emit` gets an act for each. Undefined when nothing is to be said. */
export function replyTo(message: Buffer, guest: Guest, emit: (act: Act) => void): Buffer | undefined {
  let header = decodeHeader(message);
  let status: StatusName | '' = '';
  const replies: ReplyBlock[] = [];
  for (const block of decodeBlocks(message, header)) {
    const given = answer(block, header, guest);
    header = withIds(header, given);
    status = given.status;
    emitCommand(block, given, emit);
    if (status === '') continue;
    replies.push(given.reply ?? { command: block.command, ...EMPTY });
    if (!FINE.has(status)) break;
  }
  if (status === '' || replies.length === 0) return undefined;
  return encodeReply(replyHeader(header, STATUS[status]), replies);
}

function withIds(header: Header, { tid = header.tid, uid = header.uid }: Answer): Header {
  return { ...header, tid, uid };
}

function emitCommand(block: Block, given: Answer, emit: (act: Act) => void): void {
  const { name, dataAt, dataEnd } = block;
  emit({ type: 'smb.command', name, ...given.seen, status: given.status, bytes: dataEnd - dataAt });
  if (given.login !== undefined) emit(given.login);
}
