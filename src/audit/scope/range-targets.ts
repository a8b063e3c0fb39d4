import type { AuditTarget } from '../ask/target.ts';
import { parseAddress } from './address.ts';
import { createPrefixTable } from './prefix-table.ts';
import { spread } from './spread.ts';
import type { TargetRange } from './target-range.ts';
import { rangeSize, rangeTarget } from './target-range.ts';

export interface RangeOrder {
  /** Undefined: as written, address after address. */
  readonly seed: number | undefined;
}

/**
 * The servers of several ranges, one by one and each once: what an earlier range or `named` holds already is passed
 * over. Nothing is held of those that were handed out.
 *
 * @param named `address:port` of the targets that are written out, see `serverKey`.
 */
export function* rangeTargets(
  ranges: readonly TargetRange[],
  named: ReadonlySet<string>,
  { seed }: RangeOrder,
): Generator<AuditTarget> {
  const sizes = ranges.map(rangeSize);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const before = createPrefixTable<number>();
  for (const [index, { block }] of ranges.entries()) before.add(block, index);
  const overlapping = ranges.length > 1 || named.size > 0;
  for (const at of seed === undefined ? upTo(total) : spread(total, seed)) {
    let own = 0;
    let index = at;
    while (index >= (sizes[own] ?? total)) index -= sizes[own++] ?? total;
    const range = ranges[own];
    if (range === undefined) return;
    const target = rangeTarget(range, index);
    if (overlapping && isRepeated(target, own)) continue;
    yield target;
  }

  function isRepeated(target: AuditTarget, own: number): boolean {
    if (named.has(serverKey(target))) return true;
    const address = parseAddress(target.host);
    if (address === undefined) return false;
    return before
      .around(address)
      .some(
        ({ value }) => value < own && ranges[value]?.ports.some(({ port }) => port === target.port) === true,
      );
  }
}

export function serverKey({ host, port }: Pick<AuditTarget, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

function* upTo(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}
