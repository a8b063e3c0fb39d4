import { z } from 'zod';

/** A day is meant whole, in UTC: `validTo: 2026-12-31` lasts until that midnight is over. */
const DAY_MS = 86_400_000;
const FIRST_PORT = 1;
const LAST_PORT = 65_535;

const Line = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'is no plain text of one line');

const Day = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/, {
  error: 'write a day (2026-11-01) or a time with its zone (2026-11-01T08:00Z)',
});

const PortRange = z.union([
  z.number().int().min(FIRST_PORT).max(LAST_PORT),
  z.string().regex(/^\d{1,5}-\d{1,5}$/, 'write a port (6379) or a range of them ("7000-7005")'),
]);

/** How deep one may be let in. L5 is for dumps, which need nobody's network. */
export const AllowedDepth = z.enum(['L0', 'L1', 'L2', 'L3', 'L4']);
export type AllowedDepth = z.infer<typeof AllowedDepth>;

/** One entry as it is written; see docs/authorization.md. */
export const AuthorizationEntry = z.strictObject({
  owner: Line,
  contact: Line.refine((text) => CONTACT.test(text), 'write an e-mail address, a telephone number or a URL'),
  ranges: z.array(Line).min(1).max(10_000),
  ports: z.array(PortRange).min(1).max(100).optional(),
  validFrom: Day,
  validTo: Day,
  depth: AllowedDepth,
  reference: Line.optional(),
  note: Line.optional(),
});
export type AuthorizationEntry = z.infer<typeof AuthorizationEntry>;

export const AuthorizationFile = z.strictObject({
  authorizations: z.array(AuthorizationEntry).min(1).max(1_000),
});
export type AuthorizationFile = z.infer<typeof AuthorizationFile>;

const CONTACT = /^([^\s@]{1,100}@[^\s@]{1,200}|https?:\/\/\S{1,280}|(tel:)?\+?[\d ()/-]{5,30})$/;

/** One entry, read. Times in milliseconds since 1970 UTC; `until` is the first moment it no longer holds. */
export interface Authorization {
  readonly owner: string;
  readonly contact: string;
  readonly reference: string | undefined;
  readonly depth: AllowedDepth;
  readonly from: number;
  readonly until: number;
  /** As written, for messages. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Pairs of first and last port; empty: all. */
  readonly ports: readonly (readonly [number, number])[];
  /** The file and line it stands in. */
  readonly where: string;
}

/** NaN for a day that no calendar has. */
export function startOf(day: string): number {
  // 2026-02-30 is taken for the 2nd of March by the parser.
  const date = day.slice(0, 10);
  const midnight = Date.parse(date);
  const real = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
  return real ? Date.parse(day) : Number.NaN;
}

export function endOf(day: string): number {
  return day.length > 10 ? startOf(day) : startOf(day) + DAY_MS;
}

export function portPairs(ports: AuthorizationEntry['ports']): (readonly [number, number])[] {
  return (ports ?? []).map((port): readonly [number, number] => {
    if (typeof port === 'number') return [port, port];
    const [first = 0, last = 0] = port.split('-').map(Number);
    return [first, last];
  });
}

export function allowsPort({ ports }: Pick<Authorization, 'ports'>, port: number): boolean {
  return ports.length === 0 || ports.some(([first, last]) => port >= first && port <= last);
}

/** `Example Ltd, CHG-1042`: whose word it is, as messages and the log name it. */
export function authorizationName({ owner, reference }: Authorization): string {
  return reference === undefined ? owner : `${owner}, ${reference}`;
}
