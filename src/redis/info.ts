import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';

const MOST_FIELDS = 10_000;

/** INFO text to its fields, in order. Section titles and lines without a colon are skipped. */
export function parseInfo(text: ByteString): ReadonlyMap<string, ByteString> {
  const fields = new Map<string, ByteString>();
  let at = 0;
  while (at < text.length && fields.size < MOST_FIELDS) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    const colon = line.indexOf(':');
    if (colon <= 0 || line.startsWith('#')) continue;
    fields.set(line.slice(0, colon), line.endsWith('\r') ? line.slice(colon + 1, -1) : line.slice(colon + 1));
  }
  return fields;
}

/** The commandstats fields: what ran on this server since it started or was told to forget. */
export function commandStatistics(info: ReadonlyMap<string, ByteString>): ActOf<'redis.statistic'>[] {
  return [...info].flatMap(([field, value]) => {
    if (!field.startsWith('cmdstat_')) return [];
    const counters = parseCounters(value);
    return [
      {
        type: 'redis.statistic' as const,
        command: field.slice('cmdstat_'.length).slice(0, 128),
        calls: counters.get('calls') ?? 0,
        rejected: counters.get('rejected_calls') ?? 0,
        failed: counters.get('failed_calls') ?? 0,
      },
    ];
  });
}

/** `calls=1,usec=2` and the like; what is no whole number is left out. */
export function parseCounters(text: ByteString): ReadonlyMap<string, number> {
  return new Map(
    text
      .slice(0, 512)
      .split(',')
      .flatMap((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return /^\d{1,15}$/.test(value) ? [[name, Number(value)] as const] : [];
      }),
  );
}
