import type { Severity } from '../../model/severity.ts';
import type { SyslogChannel } from '../channel.ts';
import { Facility } from '../channel.ts';
import { chatText, cut } from '../chat-text.ts';
import type { Message } from '../message.ts';

/** Bytes of a datagram, which receivers have to take up to 2,048 of, and of a line on a stream. */
const LONGEST = { udp: 2_000, tcp: 8_000, unix: 8_000 } as const;
/** RFC 5424, 6.2.1. */
const SYSLOG_SEVERITY: Readonly<Record<Severity, number>> = {
  critical: 2,
  high: 3,
  medium: 4,
  low: 5,
  info: 6,
};
/** The number that RFC 5612 keeps for examples: Sundew has none of its own. */
const ELEMENT = 'sundew@32473';

/** One RFC 5424 message, one line whatever it tells: all that comes from outside is printable, and cut to size. */
export function syslogLine(
  { id, time, severity, title, lines, alert }: Message,
  { facility, transport }: Pick<SyslogChannel, 'facility' | 'transport'>,
  hostname: string,
): Buffer {
  const priority = Facility.options.indexOf(facility) * 8 + SYSLOG_SEVERITY[severity];
  const { gathered, rule, kind } = alert;
  const data = Object.entries({
    id,
    rule,
    kind,
    count: String(gathered.count),
    sources: String(gathered.sources.size),
    source: [...gathered.sources].slice(0, 5).join(','),
    findings: [...gathered.rules.keys()].slice(0, 5).join(','),
  }).map(([name, value]) => `${name}="${parameter(value)}"`);
  const host = hostname.replace(/[^\x21-\x7e]/g, '').slice(0, 255) || '-';
  const head = `<${priority}>1 ${new Date(time).toISOString()} ${host} sundew - alert [${ELEMENT} ${data.join(' ')}] `;
  const text = [title, ...lines].map((line) => chatText(line).replace(/[\r\n\0]/g, ' ')).join(' | ');
  return clippedUtf8(`${head}\ufeff${text}`, LONGEST[transport]);
}

/** RFC 5424, 6.3.3: three characters are escaped; of others only printable ASCII is taken. */
function parameter(text: string): string {
  return cut(text, 200)
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/["\\\]]/g, (character) => `\\${character}`);
}

function clippedUtf8(text: string, limit: number): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return bytes;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}
