import type { CaptureRecord, Sighting } from '../model/capture.ts';
import { printable, printableText } from '../model/printable.ts';
import type { ListView } from './column.ts';
import { timeText } from './times.ts';

export const captureView: ListView<CaptureRecord> = {
  time: ({ lastSeen }) => lastSeen,
  columns: [
    { name: 'sha256', title: 'SHA-256', cell: ({ sha256 }) => sha256, width: 16 },
    { name: 'kind', title: 'KIND', cell: ({ kind }) => kind },
    { name: 'size', title: 'BYTES', align: 'right', cell: ({ size }) => String(size) },
    { name: 'names', title: 'COMMANDS', cell: ({ names }) => printableText(names.join(' ')) },
    { name: 'from', title: 'FROM', cell: ({ sightings }) => givers(sightings).join(' ') },
    { name: 'count', title: 'SEEN', align: 'right', cell: ({ count }) => String(count) },
    { name: 'first_seen', title: 'FIRST SEEN', csvOnly: true, cell: ({ firstSeen }) => timeText(firstSeen) },
    { name: 'last_seen', title: 'LAST SEEN', cell: ({ lastSeen }) => timeText(lastSeen) },
  ],
};

/** Masters that were dialled, and visitors who handed a file in. */
function givers(sightings: readonly Sighting[]): string[] {
  return [...new Set(sightings.map(({ address, port }) => printableText(`${address}:${port}`, 80)))];
}

/** What is in a captured file, for people. All of it comes from an attacker. */
export interface CaptureDetails {
  readonly record: CaptureRecord;
  readonly symbols: readonly string[];
  readonly observables: readonly string[];
  readonly strings: readonly string[];
}

export function captureText({ record, symbols, observables, strings }: CaptureDetails): string {
  const { sha256, kind, size, names, firstSeen, lastSeen, count, sightings } = record;
  const list = (title: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${printable(item)}`)];
  return `${[
    `SHA-256     ${sha256}`,
    `Kind        ${kind}`,
    `Size        ${size} bytes`,
    `Seen        ${count === 1 ? 'once' : `${count} times`}, ${timeText(firstSeen)} to ${timeText(lastSeen)}`,
    ...list('Commands it seems to bring', names),
    ...list(
      'Sightings',
      sightings.map(
        (one) =>
          `${timeText(one.time)} session ${one.session} from ${one.address}:${one.port} (${one.host}) as ${one.path}`,
      ),
    ),
    ...list('Names in it', symbols),
    ...list('Places and keys in it', observables),
    ...list('Strings in it', strings),
  ].join('\n')}\n`;
}
