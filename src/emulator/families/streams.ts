import { integer } from '../../wire/resp-reply.ts';
import type { Family } from '../command.ts';
import { argument, fail } from '../command.ts';
import { add, trimCommand } from '../streams/add.ts';
import { autoClaim, claim } from '../streams/claim.ts';
import { groupSubcommands } from '../streams/group.ts';
import { infoSubcommands } from '../streams/info.ts';
import { streamOf } from '../streams/of-key.ts';
import { acknowledge, pendingCommand } from '../streams/pending.ts';
import { range, remove } from '../streams/range.ts';
import { read } from '../streams/read.ts';
import { setId } from '../streams/set-id.ts';
import { container } from '../subcommand.ts';

const info = container(infoSubcommands);

export const streams: Family = {
  xack: acknowledge,
  xadd: add,
  xautoclaim: autoClaim,
  xclaim: claim,
  xdel: remove,
  xgroup: container(groupSubcommands),
  xinfo: (call) =>
    call.argv.length < 3 && argument(call, 1).toLowerCase() !== 'help'
      ? fail("ERR syntax error, try 'XINFO HELP'")
      : info(call),
  xlen: (call) => integer(streamOf(call, argument(call, 1))?.entries.length ?? 0),
  xpending: pendingCommand,
  xrange: range(false),
  xread: read(false),
  xreadgroup: read(true),
  xrevrange: range(true),
  xsetid: setId,
  xtrim: trimCommand,
};
