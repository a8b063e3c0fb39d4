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
  /** The segment after this one (the first, after none); undefined while there is none. */
  after(segment: SegmentName | undefined): Promise<SegmentName | undefined>;
}

export async function createSegmentList(
  folder: string,
  onDamage: (damage: Damage) => void,
): Promise<SegmentList> {
  let known: readonly SegmentName[] = [];
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
  const later = (segment: SegmentName | undefined): SegmentName | undefined =>
    known.find(({ first }) => segment === undefined || first > segment.first);
  /** The folder was emptied and a new journal begun in it: its numbers start again. */
  const begunAnew = async (segment: SegmentName): Promise<boolean> => {
    if (known.length === 0 || known.some(({ first }) => first === segment.first)) return false;
    return (await readIdentity(folder))?.id !== journal;
  };

  await list();
  return {
    get known() {
      return known;
    },
    after: async (segment) => {
      if (later(segment) === undefined) await list();
      const next = later(segment);
      if (next !== undefined) {
        journal ??= (await readIdentity(folder))?.id;
        return next;
      }
      if (segment === undefined || !(await begunAnew(segment))) return undefined;
      journal = (await readIdentity(folder))?.id;
      return known[0];
    },
  };
}
