import { OK } from '../../wire/resp-reply.ts';
import type { Family } from '../command.ts';
import { add, count, merge } from '../hyperloglog/commands.ts';
import { debug } from '../hyperloglog/debug.ts';

export const hyperloglog: Family = {
  pfadd: add,
  pfcount: count,
  pfdebug: debug,
  pfmerge: merge,
  pfselftest: () => OK,
};
