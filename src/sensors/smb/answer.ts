import { bytesFromText } from '../../model/bytes.ts';
import type { Block, ReplyBlock } from '../../wire/smb1/blocks.ts';
import { packed, u16 } from '../../wire/smb1/bytes.ts';
import { COMMAND } from '../../wire/smb1/commands.ts';
import { decodeCreatePath, decodeWrite } from '../../wire/smb1/files.ts';
import type { Header } from '../../wire/smb1/header.ts';
import { isUnicode } from '../../wire/smb1/header.ts';
import { decodeTransaction } from '../../wire/smb1/transaction.ts';
import { decodeTreeConnect, encodeTreeConnect } from '../../wire/smb1/tree-connect.ts';
import { answerNegotiate, answerSessionSetup } from './answer-login.ts';
import { answerTransaction } from './answer-transaction.ts';
import type { Answer, Guest } from './guest.ts';
import { FIRST_ID, INVALID } from './guest.ts';

const AND_NOTHING: Omit<ReplyBlock, 'command'> = { words: packed([4, 0]), data: Buffer.alloc(0) };
/** An echo is answered once, whatever number it asks for, and with this much: nobody gets more out than they put in. */
const ECHO_MOST = 16_384;

/** Answers one command as a Windows 7 does that lets anybody in and shows nobody anything. */
export function answer(block: Block, header: Header, guest: Guest): Answer {
  switch (block.command) {
    case COMMAND.negotiate:
      return answerNegotiate(block, header, guest);
    case COMMAND['session-setup-andx']:
      return answerSessionSetup(block, header, guest);
    case COMMAND['tree-connect-andx']:
      return treeConnect(block, header);
    case COMMAND.transaction:
    case COMMAND.transaction2:
    case COMMAND['nt-transact']:
    case COMMAND['transaction-secondary']:
    case COMMAND['transaction2-secondary']:
    case COMMAND['nt-transact-secondary']: {
      const part = decodeTransaction(block, header);
      return part === undefined ? INVALID : answerTransaction(part, header, guest.transactions);
    }
    case COMMAND['nt-create-andx']: {
      const path = decodeCreatePath(block, header);
      return path === undefined
        ? INVALID
        : { status: 'STATUS_ACCESS_DENIED', seen: { path: bytesFromText(path) } };
    }
    case COMMAND['write-andx']: {
      const write = decodeWrite(block);
      if (write === undefined) return INVALID;
      return { status: 'STATUS_INVALID_HANDLE', seen: guest.transactions.write(header, write) };
    }
    case COMMAND.echo:
      return echo(block);
    case COMMAND['logoff-andx']:
      return { status: 'STATUS_SUCCESS', reply: { command: block.command, ...AND_NOTHING } };
    case COMMAND['tree-disconnect']:
    case COMMAND['process-exit']:
      return { status: 'STATUS_SUCCESS' };
    case COMMAND['nt-cancel']:
      return { status: '' };
    case COMMAND.close:
    case COMMAND.flush:
    case COMMAND.read:
    case COMMAND.write:
    case COMMAND.seek:
    case COMMAND['read-andx']:
    case COMMAND['locking-andx']:
    case COMMAND['find-close2']:
      // Nobody has been given a handle.
      return { status: 'STATUS_INVALID_HANDLE' };
    default:
      return {
        status: block.name.startsWith('command-') ? 'STATUS_SMB_BAD_COMMAND' : 'STATUS_ACCESS_DENIED',
      };
  }
}

function treeConnect(block: Block, header: Header): Answer {
  const asked = decodeTreeConnect(block, header);
  if (asked === undefined) return INVALID;
  const seen = { path: bytesFromText(asked.path) };
  if (!/(?:^|\\)ipc\$$/i.test(asked.path)) return { status: 'STATUS_BAD_NETWORK_NAME', seen };
  const reply = encodeTreeConnect(asked.wantsExtended, isUnicode(header));
  return { status: 'STATUS_SUCCESS', reply, seen, tid: FIRST_ID };
}

function echo({ words, message, dataAt, dataEnd, command }: Block): Answer {
  if (u16(words, 0) === 0) return { status: '' };
  const data = message.subarray(dataAt, Math.min(dataEnd, dataAt + ECHO_MOST));
  return { status: 'STATUS_SUCCESS', reply: { command, words: packed([2, 1]), data } };
}
