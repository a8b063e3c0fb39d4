import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { Axis, Severity, Stage } from '../model/severity.ts';
import { Name } from './channel.ts';

/** A length of time as people write it (`90s`, `10m`, `2h`, `1d`), milliseconds when read. */
const Span = z
  .string()
  .regex(/^\d{1,4}[smhd]$/, 'a span such as 30s, 10m, 2h or 1d')
  .transform((text) => Number(text.slice(0, -1)) * (UNIT_MS[text.slice(-1)] ?? 0))
  .refine((ms) => ms <= 7 * 86_400_000, 'at most 7d');
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const Glob = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a name, with * for any text and ? for one character');
const Globs = z.array(Glob).min(1).max(200);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "22:00", in quotes');
const Range = z
  .string()
  .refine((text) => parseRange(text) !== undefined, 'an address or a network such as 192.0.2.0/24');
const Port = z.number().int().min(0).max(65_535);

/** What a finding has to be; everything that is said has to hold, of a list one. */
export const When = z.strictObject({
  severity: Severity.default('medium'),
  /** Ids of detection rules. */
  rules: Globs.optional(),
  axes: z.array(Axis).min(1).optional(),
  stages: z.array(Stage).min(1).optional(),
  /** ATT&CK ids; one of a technique also stands for its sub-techniques. */
  techniques: z
    .array(z.string().regex(/^T\d{4}(\.\d{3})?$/, 'an ATT&CK id such as T1053 or T1053.003'))
    .min(1)
    .optional(),
  sensors: Globs.optional(),
  /** `any`: the visit is tied to a campaign; `new`: to one never seen before; or ids. */
  campaigns: z.union([z.enum(['any', 'new']), Globs], 'any, new, or a list of campaign ids').optional(),
});
export type When = z.infer<typeof When>;

export const QuietHours = z
  .strictObject({
    from: ClockTime,
    to: ClockTime,
    /** A name of the IANA list. */
    zone: z
      .string()
      .max(60)
      .refine((zone) => isZone(zone), 'a time zone such as Europe/Berlin')
      .default('UTC'),
    /** This severity and worse is told at night too. */
    except: Severity.optional(),
  })
  .refine(({ from, to }) => from !== to, {
    message: 'quiet hours that begin and end at one time',
    path: ['to'],
  });
export type QuietHours = z.infer<typeof QuietHours>;

export const AlertRule = z.strictObject({
  name: Name,
  when: When.prefault({}),
  ignore: z
    .strictObject({
      addresses: z.array(Range).max(1_000).default([]),
      ports: z.array(Port).max(1_000).default([]),
    })
    .prefault({}),
  /** So many findings of a group within the span, or nobody is told. */
  threshold: z.strictObject({ count: z.number().int().min(1).max(500), within: Span }).optional(),
  groupBy: z.enum(['source', 'rule', 'campaign', 'sensor', 'all']).default('source'),
  /** How long the first findings of a group gather into one message. */
  wait: Span.prefault('5s'),
  /** A group is told at most once in this span. */
  every: Span.prefault('15m'),
  /** Messages of this rule in a span, whatever the groups: a visitor with many addresses must not flood anyone. */
  limit: z
    .strictObject({ count: z.number().int().min(1).max(1_000), within: Span })
    .prefault({ count: 20, within: '1h' }),
  quietHours: QuietHours.optional(),
  to: z.array(Name).min(1).max(20),
});
export type AlertRule = z.infer<typeof AlertRule>;

/** Any address, and networks as `address/bits`; undefined for anything else. */
export function parseRange(text: string): [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number] | undefined {
  if (text.length > 60) return undefined;
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv6' ? 128 : 32];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
