import { stringify } from 'yaml';

const MONTH_MS = 30 * 86_400_000;

/** An authorisation file to fill in, for whoever owns the ranges. Valid as YAML; the owner's words are missing. */
export function authorizationTemplate(ranges: readonly string[], now: number): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  return `# Who allows what to be asked. To be filled in and kept by the owner of the ranges; docs/authorization.md.
# Depth: L0 is there a Redis; L1 INFO and rights; L2 settings, users, modules, logs; L3 key names; L4 beginnings of values.
${stringify({
  authorizations: [
    {
      owner: 'WHO OWNS THEM',
      contact: 'WHOM TO CALL: e-mail, telephone or URL',
      ranges,
      validFrom: day(now),
      validTo: day(now + MONTH_MS),
      depth: 'L2',
      reference: 'TICKET OR LETTER',
    },
  ],
})}`;
}
