import { z } from 'zod';
import type { Indicator, IndicatorKind } from '../../model/indicator.ts';
import { imported } from './imported-indicator.ts';
import type { ReadIndicators } from './indicator-file.ts';
import { MOST_INDICATORS } from './indicator-file.ts';

/** The parts of STIX 2.1 that are read: indicators with a STIX pattern. Everything else of a bundle is left alone. */
const StixIndicator = z.object({
  type: z.literal('indicator'),
  name: z.string().optional(),
  description: z.string().optional(),
  pattern: z.string().max(65_536),
  pattern_type: z.string().optional(),
  valid_from: z.string().optional(),
  valid_until: z.string().optional(),
  revoked: z.boolean().optional(),
  /** 0 to 100. */
  confidence: z.number().min(0).max(100).optional(),
});
type StixIndicator = z.infer<typeof StixIndicator>;

const Bundle = z.object({ type: z.literal('bundle'), objects: z.array(z.unknown()).default([]) });
type Bundle = z.infer<typeof Bundle>;

export function isBundle(document: unknown): document is Bundle {
  return typeof document === 'object' && document !== null && Reflect.get(document, 'type') === 'bundle';
}

export function indicatorsFromStix(document: unknown, now: number): ReadIndicators {
  const bundle = Bundle.safeParse(document);
  if (!bundle.success) return { message: 'is a STIX bundle whose objects are no list' };
  const indicators: Indicator[] = [];
  let skipped = 0;
  for (const [at, object] of bundle.data.objects.entries()) {
    if (typeof object !== 'object' || object === null || Reflect.get(object, 'type') !== 'indicator')
      continue;
    const one = StixIndicator.safeParse(object);
    if (!one.success) return { message: `object ${at + 1} of the bundle is an indicator without a pattern` };
    const found = isInForce(one.data, now) ? fromPattern(one.data, now) : [];
    if (found.length === 0) skipped += 1;
    for (const indicator of found) indicators.push(indicator);
    if (indicators.length > MOST_INDICATORS)
      return { message: `holds more than ${MOST_INDICATORS} indicators` };
  }
  return { indicators, skipped };
}

function isInForce({ pattern_type: type, revoked, valid_until: until }: StixIndicator, now: number): boolean {
  if (revoked === true || (type !== undefined && type !== 'stix')) return false;
  const end = until === undefined ? Number.NaN : Date.parse(until);
  return Number.isNaN(end) || end > now;
}

/** Object paths of patterns, and what they are here. Our own are `x-sundew:KIND`. */
const PATHS: Readonly<Record<string, IndicatorKind>> = {
  'ipv4-addr:value': 'address',
  'ipv6-addr:value': 'address',
  'domain-name:value': 'host',
  'url:value': 'url',
  'file:name': 'module',
  'x-sundew:key': 'key',
  'x-sundew:value': 'value',
  'x-sundew:value-shape': 'value-shape',
  'x-sundew:endpoint': 'endpoint',
  'x-sundew:ssh-key': 'ssh-key',
  'x-sundew:script': 'script',
  'x-sundew:wallet': 'wallet',
  'x-sundew:module': 'module',
  'x-sundew:file-path': 'file-path',
  'x-sundew:password': 'password',
  'x-sundew:cron': 'cron',
};

const COMPARISON =
  /([a-z0-9-]{1,64}:[A-Za-z0-9_.'-]{1,128})\s{0,8}(=|IN)\s{0,8}\(?\s{0,8}'((?:[^'\\]|\\.){0,4096})'/g;

/** Comparisons by `=` joined with OR: each is an indicator. What must hold together (AND) is more than one value tells. */
function fromPattern({ pattern, confidence, name }: StixIndicator, now: number): Indicator[] {
  if (/\]\s{0,8}(?:AND|FOLLOWEDBY)\s/.test(pattern) || /'\s{0,8}AND\s/.test(pattern))
    return endpointOf(pattern, now);
  return [...pattern.matchAll(COMPARISON)].flatMap(([, path = '', , literal = '']) => {
    const value = literal.replace(/\\(.)/g, '$1');
    const more = {
      ...(confidence === undefined ? {} : { confidence: confidence / 100 }),
      ...(name === undefined ? {} : { sample: name.slice(0, 200) }),
    };
    return kindsOf(path).flatMap((kind) => imported(kind, value, now, more) ?? []);
  });
}

/** The hash of a file is also that of the same bytes kept as a value. */
function kindsOf(path: string): readonly IndicatorKind[] {
  if (/^file:hashes\.'?sha-?256'?$/i.test(path)) return ['sha256', 'value'];
  const kind = PATHS[path.toLowerCase().replaceAll('_', '-')];
  return kind === undefined ? [] : [kind];
}

/** An address and a port, as `network-traffic` has them. */
function endpointOf(pattern: string, now: number): Indicator[] {
  const host = /network-traffic:dst_ref\.value\s{0,8}=\s{0,8}'([^']{1,253})'/.exec(pattern)?.[1];
  const port = /network-traffic:dst_port\s{0,8}=\s{0,8}(\d{1,5})/.exec(pattern)?.[1];
  const one =
    host === undefined || port === undefined ? undefined : imported('endpoint', `${host}:${port}`, now);
  return one === undefined ? [] : [one];
}
