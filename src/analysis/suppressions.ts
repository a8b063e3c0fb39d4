import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { Finding } from '../model/finding.ts';
import type { Acceptance } from './judged-report.ts';
import { matchesGlob } from './matches-glob.ts';

const Day = z.iso.date('a day such as 2027-01-31');

/** A risk that is accepted. Without a reason, an end and a name nothing is. */
export const Suppression = z.strictObject({
  /** Rule or check; `*` and `?` as in file names. */
  rule: z.string().min(1).max(200),
  /** A target as the report shows it (with `*` and `?`), an address, or a network such as 192.0.2.0/24. */
  target: z.string().min(1).max(300),
  /** Holds only when all evidence stands there, for example `db0/backup*`. */
  key: z.string().min(1).max(300).optional(),
  reason: z.string().min(1).max(500),
  expires: Day,
  by: z.string().min(1).max(100),
});
export type Suppression = z.infer<typeof Suppression>;

export const SuppressionFile = z.strictObject({ suppressions: z.array(Suppression).max(10_000) });
export type SuppressionFile = z.infer<typeof SuppressionFile>;

export interface Suppressions {
  /** Why this finding does not count; undefined when it does. */
  of(finding: Finding, target: string): Acceptance | undefined;
  /** Entries that are past their day: what they covered counts again. */
  readonly expired: readonly Suppression[];
  /** Entries that matched nothing in this run. */
  unused(): Suppression[];
}

/** @param now milliseconds since 1970 UTC; an entry holds to the end of its day, UTC. */
export function createSuppressions(entries: readonly Suppression[], now: number): Suppressions {
  const past = ({ expires }: Suppression): boolean => Date.parse(`${expires}T23:59:59.999Z`) < now;
  const valid = entries.filter((entry) => !past(entry));
  const used = new Set<Suppression>();
  const matchers = valid.map((entry) => ({ entry, covers: targetMatcher(entry.target) }));
  return {
    expired: entries.filter(past),
    of: (finding, target) => {
      const found = matchers.find(
        ({ entry, covers }) =>
          matchesGlob(entry.rule, finding.rule) &&
          covers(target, finding.peer.address) &&
          inKey(entry, finding),
      );
      if (found === undefined) return undefined;
      used.add(found.entry);
      const { reason, expires, by } = found.entry;
      return { reason, expires, by };
    },
    unused: () => valid.filter((entry) => !used.has(entry)),
  };
}

/** One place outside of the key is enough for the finding to count. */
function inKey({ key }: Suppression, { evidence }: Finding): boolean {
  if (key === undefined) return true;
  return evidence.length > 0 && evidence.every(({ event }) => matchesGlob(key, event.slice(0, 512)));
}

function targetMatcher(wanted: string): (target: string, address: string) => boolean {
  const [network = '', bits] = wanted.split('/');
  const family = isIP(network);
  if (family === 0) return (target) => matchesGlob(wanted, target.slice(0, 512));
  const list = new BlockList();
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const most = family === 6 ? 128 : 32;
  list.addSubnet(
    network,
    Math.min(most, bits === undefined || !/^\d{1,3}$/.test(bits) ? most : Number(bits)),
    kind,
  );
  return (_, address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
