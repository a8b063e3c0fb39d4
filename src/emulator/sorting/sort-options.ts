import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';

export interface SortOptions {
  descending: boolean;
  alpha: boolean;
  /** Undefined sorts by the elements; a pattern without a star does not sort at all. */
  by: ByteString | undefined;
  readonly get: ByteString[];
  /** Below nought: all from there. */
  limit: { readonly skip: number; readonly count: number };
  store: ByteString | undefined;
}

/** The options of SORT, or of SORT_RO, which stores nothing. */
export function sortOptions(call: Call): SortOptions {
  const options: SortOptions = {
    descending: false,
    alpha: false,
    by: undefined,
    get: [],
    limit: { skip: 0, count: -1 },
    store: undefined,
  };
  const mayStore = argument(call, 0).toLowerCase() === 'sort';
  for (let at = 2; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const left = call.argv.length - at - 1;
    if (word === 'asc') options.descending = false;
    else if (word === 'desc') options.descending = true;
    else if (word === 'alpha') options.alpha = true;
    else if (word === 'limit' && left >= 2) {
      options.limit = {
        skip: integerArgument(argument(call, at + 1)),
        count: integerArgument(argument(call, at + 2)),
      };
      at += 2;
    } else if (word === 'store' && left >= 1 && mayStore) options.store = argument(call, ++at);
    else if (word === 'by' && left >= 1) options.by = argument(call, ++at);
    else if (word === 'get' && left >= 1) options.get.push(argument(call, ++at));
    else fail(SYNTAX);
  }
  return options;
}
