import type { Finding } from '../model/finding.ts';
import { printableText } from '../model/printable.ts';
import type { Severity } from '../model/severity.ts';
import { defangedText } from '../outputs/defang.ts';
import { oneLine } from '../outputs/event-text.ts';
import { timeText } from '../outputs/times.ts';
import type { Alert } from './alert.ts';
import { MOST_SOURCES } from './gathered.ts';

/** What a person is told, in no service's format yet. Every line is one line, printable, and names no clickable address. */
export interface Message {
  /** Unique: a receiver can tell a repeated delivery by it. */
  readonly id: string;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
  readonly severity: Severity;
  /** At most 200 characters. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly alert: Alert;
}

const LONGEST_TITLE = 200;
const LONGEST_LINE = 400;

export function messageOf(alert: Alert, id: string, time: number): Message {
  const { severity } = alert.gathered;
  return { id, time, severity, title: titleOf(alert), lines: linesOf(alert), alert };
}

function titleOf({ kind, group, gathered }: Alert): string {
  const [worst] = gathered.samples;
  const { count, severity } = gathered;
  const where =
    group?.by === 'source'
      ? ` from ${groupText(group)}`
      : kind === 'first'
        ? ` from ${addressText(worst?.peer.address ?? '?')}`
        : '';
  const what = `${worst?.title ?? 'finding'}${where}`;
  const mark = kind === 'test' ? 'TEST, no attack: ' : '';
  const more = count > 1 ? ` and ${count - 1} more` : '';
  return safe(`${mark}[${severity}] ${KIND_WORDS[kind]}${what}${more}`, LONGEST_TITLE);
}

const KIND_WORDS: Readonly<Record<Alert['kind'], string>> = {
  first: '',
  more: 'again: ',
  quiet: 'in the quiet hours: ',
  rest: 'summary: ',
  test: '',
};

function linesOf({ rule, kind, group, since, gathered }: Alert): string[] {
  const { count, sources, sensors, campaigns, rules, first, last, samples } = gathered;
  const from = `${sources.size >= MOST_SOURCES ? 'at least ' : ''}${counted(sources.size, 'source')}`;
  const what = counted(count, 'finding');
  const lines = [
    ...(kind === 'test'
      ? ['This is a test of the alerts of Sundew. Nothing has happened; nothing is to be done.']
      : []),
    kind === 'more'
      ? `And ${count} more from ${from} since ${timeText(since ?? first)}.`
      : `${what} from ${from}, ${first === last ? timeText(first) : `${timeText(first)} to ${timeText(last)}`}.`,
    ...(kind === 'quiet' ? ['Held back by the quiet hours of this rule.'] : []),
    ...(kind === 'rest'
      ? ['Told together: more groups than one message each is allowed for, or the sensor stopped.']
      : []),
    ...(group === undefined || group.by === 'all'
      ? []
      : [`One message for the ${group.by} ${groupText(group)}.`]),
    ...[...rules].map(
      ([id, { title, severity, count: times }]) =>
        `${severity}: ${title} [${id}]${times > 1 ? ` x${times}` : ''}`,
    ),
    `Sources: ${listed(new Set([...sources].map(addressText)))}`,
    `Sensors: ${listed(sensors)}`,
    ...(campaigns.size === 0 ? [] : [`Campaigns: ${listed(campaigns)}`]),
    ...samples.flatMap(evidenceLines),
    ...(samples[0] === undefined
      ? []
      : [`Why: ${oneLine(samples[0].why)}`, `Do: ${oneLine(samples[0].advice)}`]),
    `Alert rule: ${rule}`,
  ];
  return lines.map((line) => safe(line, LONGEST_LINE));
}

function evidenceLines({ session, rule, evidence }: Finding): string[] {
  return evidence
    .slice(0, 2)
    .map(
      ({ field, excerpt }) =>
        `Seen in session ${session} [${rule}], ${field}: ${defangedText(excerpt.slice(0, LONGEST_LINE))}`,
    );
}

const MOST_LISTED = 5;

function listed(values: ReadonlySet<string>): string {
  const shown = [...values].slice(0, MOST_LISTED).join(', ');
  return values.size > MOST_LISTED ? `${shown} and ${values.size - MOST_LISTED} more` : shown;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Rules are files that anyone may write: their titles and advice become no links either. */
function safe(text: string, limit: number): string {
  return printableText(text, limit).replace(/\bhttp(s?):\/\//gi, 'hxxp$1://');
}

function groupText({ by, value }: NonNullable<Alert['group']>): string {
  return by === 'source' ? addressText(value) : value;
}

/** What cannot be clicked; IPv6 addresses too. */
function addressText(address: string): string {
  return defangedText(address.slice(0, 100)).replaceAll(':', '[:]');
}
