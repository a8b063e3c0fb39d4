import { z } from 'zod';
import type { ByteString } from '../../model/bytes.ts';
import { bytesFromText } from '../../model/bytes.ts';
import type { Indicator } from '../../model/indicator.ts';
import { IndicatorKind } from '../../model/indicator.ts';

/** What lists of others call the kinds. Kinds that nothing in a Redis can be compared with have no name here. */
const NAMES: Readonly<Record<string, IndicatorKind>> = {
  ip: 'address',
  ipv4: 'address',
  ipv6: 'address',
  'ip-dst': 'address',
  'ip-src': 'address',
  'ipv4-addr': 'address',
  'ipv6-addr': 'address',
  ip_address: 'address',
  domain: 'host',
  hostname: 'host',
  fqdn: 'host',
  'domain-name': 'host',
  uri: 'url',
  link: 'url',
  'ip-port': 'endpoint',
  'ip:port': 'endpoint',
  'ip-dst|port': 'endpoint',
  'sha-256': 'sha256',
  hash: 'sha256',
  filehash: 'sha256',
  'filehash-sha256': 'sha256',
  sha1: 'script',
  redis_key: 'key',
  'redis-key': 'key',
  btc: 'wallet',
  xmr: 'wallet',
  'ssh-fingerprint': 'ssh-key',
  filename: 'module',
};

export function kindOf(name: string): IndicatorKind | undefined {
  const lower = name.trim().toLowerCase();
  const own = IndicatorKind.safeParse(lower);
  if (own.success) return own.data;
  return Object.hasOwn(NAMES, lower) ? NAMES[lower] : undefined;
}

/** What a list does not say of an indicator: one sighting, somebody else's, as sure as an own one of a single kind. */
const CONFIDENCE = 0.5;
const LONGEST_VALUE = 4_096;

export function imported(
  kind: IndicatorKind,
  value: string,
  now: number,
  more: Partial<Pick<Indicator, 'confidence' | 'campaign' | 'sample'>> = {},
): Indicator | undefined {
  const normal = normalised(kind, value.trim());
  if (normal === '' || normal.length > LONGEST_VALUE) return undefined;
  return {
    kind,
    value: normal,
    firstSeen: now,
    lastSeen: now,
    sightings: 1,
    sessions: ['imported'],
    sources: [],
    rules: [],
    confidence: more.confidence ?? CONFIDENCE,
    ...(more.campaign === undefined ? {} : { campaign: more.campaign }),
    ...(more.sample === undefined ? {} : { sample: more.sample }),
  };
}

/** As the sensors write them; reports defang what they list (`hxxp://203.0.113[.]9`). */
function normalised(kind: IndicatorKind, value: string): ByteString {
  switch (kind) {
    case 'address':
    case 'host':
      return refanged(value).toLowerCase().replace(/\.$/, '');
    case 'endpoint':
      return refanged(value).toLowerCase().replace('|', ':');
    case 'url':
      return refanged(value);
    case 'sha256':
    case 'script':
    case 'value':
    case 'value-shape':
      return value.toLowerCase();
    default:
      return bytesFromText(value);
  }
}

function refanged(value: string): string {
  return value
    .replaceAll('[.]', '.')
    .replaceAll('(.)', '.')
    .replaceAll('[:]', ':')
    .replace(/^h(?:xx|\*\*)p/i, 'http');
}

/** An object of ours, as `sundew indicators --json` prints it; what is missing is filled in. */
export const ImportedIndicator = z.object({
  kind: IndicatorKind,
  value: z.string().min(1).max(65_536),
  sample: z.string().optional(),
  firstSeen: z.number().int().optional(),
  lastSeen: z.number().int().optional(),
  sightings: z.number().int().positive().optional(),
  sessions: z.array(z.string()).max(100).optional(),
  sources: z.array(z.string()).max(100).optional(),
  rules: z.array(z.string()).optional(),
  confidence: z.number().min(0).max(1).optional(),
  campaign: z.string().optional(),
});
export type ImportedIndicator = z.infer<typeof ImportedIndicator>;

/** Values of our own JSON are byte strings already: they are kept as they are. */
export function completed(one: ImportedIndicator, now: number): Indicator {
  const { kind, value, sample, campaign, confidence = CONFIDENCE } = one;
  const sessions = one.sessions ?? [];
  return {
    kind,
    value,
    firstSeen: one.firstSeen ?? now,
    lastSeen: one.lastSeen ?? now,
    sightings: one.sightings ?? 1,
    sessions: sessions.length === 0 ? ['imported'] : sessions,
    sources: one.sources ?? [],
    rules: one.rules ?? [],
    confidence,
    ...(sample === undefined ? {} : { sample }),
    ...(campaign === undefined || campaign === '' ? {} : { campaign }),
  };
}
