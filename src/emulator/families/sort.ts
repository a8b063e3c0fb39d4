import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import { createByteList } from '../byte-list.ts';
import { looseDouble } from '../c-double.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, touched, WRONG_TYPE } from '../command.ts';
import { notify } from '../notify.ts';
import { boundedArray } from '../reply-bound.ts';
import { scoreIndex } from '../scored-members.ts';
import { inOrder } from '../sets/set-store.ts';
import type { SortOptions } from '../sorting/sort-options.ts';
import { sortOptions } from '../sorting/sort-options.ts';
import { lookupBy } from '../sorting/sort-pattern.ts';
import type { Value } from '../value.ts';
import { since } from '../version.ts';
import { boundWork } from '../work-bound.ts';

/** What is sorted; `descending`: from the end, where there is one. */
function elementsOf(call: Call, value: Value | undefined, descending: boolean): ByteString[] {
  switch (value?.type) {
    case undefined:
      return [];
    case 'list':
      return descending ? value.items.slice().toReversed() : value.items.slice();
    case 'set':
      return inOrder(call, value);
    case 'zset': {
      // Sorting turns it into a table for good.
      value.form = 'table';
      const members = scoreIndex(value.scores)
        .rows()
        .map(([member]) => member);
      return descending ? members.toReversed() : members;
    }
    default:
      return fail(WRONG_TYPE);
  }
}

function run(call: Call): ByteString {
  const key = argument(call, 1);
  const options = sortOptions(call);
  const value = call.db.get(key, call.now);
  const unsorted = options.by !== undefined && !options.by.includes('*');
  // A set has no order that a list could keep.
  const forced = unsorted && value?.type === 'set' && (options.store !== undefined || call.nested);
  const elements = elementsOf(call, value, unsorted && options.descending);
  const sorted =
    unsorted && !forced
      ? elements
      : arranged(call, elements, forced ? { ...options, by: undefined, alpha: true } : options);
  return answer(call, part(sorted, options.limit), options);
}

/** Sorts by what BY finds, or by the elements themselves. */
function arranged(call: Call, elements: ByteString[], { by, alpha, descending }: SortOptions): ByteString[] {
  const find = by === undefined ? undefined : lookupBy(call, by);
  const direction = descending ? -1 : 1;
  if (alpha) {
    const rows = elements.map((element) => [element, find === undefined ? element : find(element)] as const);
    rows.sort(([, one], [, other]) => direction * compare(one, other));
    return rows.map(([element]) => element);
  }
  const rows = elements.map(
    (element) => [element, numberOf(call, find === undefined ? element : find(element))] as const,
  );
  rows.sort(([one, x], [other, y]) => direction * (x < y ? -1 : x > y ? 1 : compare(one, other)));
  return rows.map(([element]) => element);
}

/** What is missing comes first. */
function compare(one: ByteString | undefined, other: ByteString | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return -1;
  return other === undefined || one > other ? 1 : -1;
}

function numberOf(call: Call, text: ByteString | undefined): number {
  const value = looseDouble(text ?? '', since(call, 8));
  const tooLarge = value !== undefined && Math.abs(value) === Infinity && !/inf/i.test(text ?? '');
  if (value === undefined || (tooLarge && !since(call, 8))) {
    fail("ERR One or more scores can't be converted into double");
  }
  return value;
}

function part(elements: ByteString[], { skip, count }: SortOptions['limit']): ByteString[] {
  const from = Math.max(0, skip);
  return elements.slice(from, count < 0 ? undefined : from + count);
}

function answer(call: Call, elements: readonly ByteString[], { get, store }: SortOptions): ByteString {
  boundWork(elements.length * get.length);
  const lookups = get.map((pattern) => lookupBy(call, pattern));
  const cells = (element: ByteString): (ByteString | undefined)[] =>
    lookups.length === 0 ? [element] : lookups.map((find) => find(element));
  if (store === undefined) {
    const wanted = elements.flatMap((element) => cells(element));
    return boundedArray(wanted, (cell) => (cell === undefined ? nil(call) : bulk(cell)));
  }
  const items = elements.flatMap((element) => cells(element).map((cell) => cell ?? ''));
  const gone = call.db.delete(store, call.now);
  if (items.length > 0) {
    call.db.set(store, { type: 'list', items: createByteList(items) });
    touched(call, store, items.length);
    notify(call, 'l', 'sortstore', store);
  } else if (gone) {
    touched(call, store);
    notify(call, 'g', 'del', store);
  }
  return integer(items.length);
}

export const sort: Family = { sort: run, sort_ro: run };
