import { printableText } from '../model/printable.ts';
import type { Damage } from './damage.ts';
import { readIdentity } from './journal-identity.ts';
import type { SegmentName } from './segment-name.ts';
import { listSegments } from './segment-name.ts';
import { describeTrouble } from './trouble.ts';

/** The order in which a walk takes segments, while a writer adds some and an operator deletes some. */
export interface SegmentList {
  /** As last listed. */
  readonly known: readonly SegmentName[];
  /**
   * The segment after the one taken last; undefined while there is none. When a new journal has taken the place of the
   * one that is walked, its first: with a number that is not higher.
   */
  next(): Promise<SegmentName | undefined>;
  take(segment: SegmentName): Promise<void>;
}

export async function createSegmentList(
  folder: string,
  onDamage: (damage: Damage) => void,
): Promise<SegmentList> {
  let known: readonly SegmentName[] = [];
  let current: SegmentName | undefined;
  let journal: string | undefined;
  let complained = false;

  const list = async (): Promise<void> => {
    try {
      known = await listSegments(folder);
      complained = false;
    } catch (error) {
      const { wrong, remedy } = describeTrouble(error);
      const message = `The journal folder ${printableText(folder)} cannot be read: ${wrong}. ${remedy}`;
      if (!complained) onDamage({ file: folder, line: 0, message });
      complained = true;
      known = [];
    }
  };
  const later = (): SegmentName | undefined =>
    known.find(({ first }) => current === undefined || first > current.first);
  /** The folder was emptied and a new journal begun in it: its numbers start again. */
  const begunAnew = async (): Promise<boolean> => {
    if (current === undefined || known.length === 0) return false;
    const id = (await readIdentity(folder))?.id;
    return id !== undefined && id !== journal;
  };

  await list();
  return {
    get known() {
      return known;
    },
    next: async () => {
      if (later() === undefined) await list();
      return later() ?? ((await begunAnew()) ? known[0] : undefined);
    },
    take: async (segment) => {
      current = segment;
      journal = (await readIdentity(folder))?.id;
    },
  };
}
