import { z } from 'zod';
import type { AddedObject } from './taxii-objects.ts';

/** What the objects of a collection can be asked for (TAXII 2.1, 3.4 and 5.4). */
export const TaxiiQuery = z.object({
  added_after: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).optional(),
  next: z
    .string()
    .regex(/^\d{1,15}~[a-z0-9-]{1,120}$/)
    .optional(),
  'match[id]': z.string().max(2_000).optional(),
  'match[type]': z.string().max(2_000).optional(),
  'match[version]': z.string().max(500).optional(),
  'match[spec_version]': z.string().max(100).optional(),
});
export type TaxiiQuery = z.infer<typeof TaxiiQuery>;

export interface TaxiiPage {
  readonly items: readonly AddedObject[];
  /** Where the next page begins; undefined behind the last one. */
  readonly next: string | undefined;
}

/** Objects of one answer, at most. */
const LARGEST_PAGE = 1_000;

export function taxiiPage(all: readonly AddedObject[], query: TaxiiQuery): TaxiiPage {
  const after = query.added_after === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.added_after);
  const ids = query['match[id]']?.split(',');
  const types = query['match[type]']?.split(',');
  const versions = (query['match[version]'] ?? 'last').split(',');
  const specs = query['match[spec_version]']?.split(',');
  const [from, fromId] = query.next?.split('~') ?? [];
  const wanted = all.filter(
    ({ object, added, version }) =>
      added > after &&
      (from === undefined ||
        added > Number(from) ||
        (added === Number(from) && object.id > (fromId ?? ''))) &&
      (ids === undefined || ids.includes(object.id)) &&
      (types === undefined || types.includes(object.type)) &&
      (specs === undefined || specs.includes('2.1')) &&
      // Only the newest version is kept, so the first and the last are the same.
      versions.some((one) => ['last', 'first', 'all', version].includes(one)),
  );
  const items = wanted.slice(0, Math.min(query.limit ?? LARGEST_PAGE, LARGEST_PAGE));
  const last = items.at(-1);
  return {
    items,
    next:
      last === undefined || items.length === wanted.length ? undefined : `${last.added}~${last.object.id}`,
  };
}
