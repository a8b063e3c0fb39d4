import type { ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { fieldsOf } from './info-fields.ts';

/** The same answer is read from several sides, one after the other. */
let latest: { readonly text: ByteString; readonly fields: ReadonlyMap<string, ByteString> } | undefined;

/** INFO text to its fields, in order. Section titles and lines without a colon are skipped. */
export function parseInfo(text: ByteString): ReadonlyMap<string, ByteString> {
  if (latest?.text !== text) latest = { text, fields: fieldsOf(text) };
  return latest.fields;
}

const statistics = new WeakMap<ReadonlyMap<string, ByteString>, readonly ActOf<'redis.statistic'>[]>();

/** The commandstats fields: what ran on this server since it started or was told to forget. Read once an INFO. */
export function commandStatistics(
  info: ReadonlyMap<string, ByteString>,
): readonly ActOf<'redis.statistic'>[] {
  const known = statistics.get(info);
  if (known !== undefined) return known;
  const made: ActOf<'redis.statistic'>[] = [];
  for (const field of info.keys()) {
    if (!field.startsWith(STATISTIC)) continue;
    const value = info.get(field) ?? '';
    made.push({
      type: 'redis.statistic',
      command: field.slice(STATISTIC.length, STATISTIC.length + 128),
      calls: counterIn(value, 'calls'),
      rejected: counterIn(value, 'rejected_calls'),
      failed: counterIn(value, 'failed_calls'),
    });
  }
  statistics.set(info, made);
  return made;
}

const STATISTIC = 'cmdstat_';

/** One counter of `calls=1,usec=2`; 0 when it is not there or no whole number. */
export function counterIn(text: ByteString, name: string): number {
  const sign = `${name}=`;
  const at = text.startsWith(sign) ? 0 : text.indexOf(`,${sign}`, 0) + 1;
  if (at === 0 && !text.startsWith(sign)) return 0;
  const from = at + sign.length;
  const end = text.indexOf(',', from);
  const digits = text.slice(from, Math.min(end < 0 ? text.length : end, from + 16));
  return /^\d{1,15}$/.test(digits) ? Number(digits) : 0;
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
