import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { printableText } from '../../model/printable.ts';
import type { Range, RangeFile } from '../range.ts';
import { splitColumns } from './split-columns.ts';
import type { TableLayout } from './table-layout.ts';
import { tableLayout } from './table-layout.ts';

const LONGEST_LINE = 4_096;

/**
 * Reads a CSV or TSV file, gzipped or not. A line that cannot be read is counted and left out.
 *
 * @returns undefined when the first line tells no layout that is known.
 */
export async function readTable(
  path: string,
  places: ReadonlyMap<string, string>,
  onLines: (lines: number) => void,
): Promise<RangeFile | undefined> {
  const ipv4: Range<number>[] = [];
  const ipv6: Range<bigint>[] = [];
  let layout: TableLayout | undefined;
  let lines = 0;
  let skipped = 0;
  let firstSkipped: string | undefined;
  for await (const line of linesOf(path)) {
    lines++;
    if (lines % 50_000 === 0) onLines(lines);
    if (line.trim() === '' || line.startsWith('#')) continue;
    const columns = line.length > LONGEST_LINE ? [] : splitColumns(line);
    if (layout === undefined) {
      layout = tableLayout(columns, places);
      if (layout === undefined) return undefined;
      if (!layout.firstIsData) continue;
    }
    const row = layout.read(columns);
    if (row === undefined) {
      skipped++;
      firstSkipped ??= `line ${lines}: ${printableText(line, 80)}`;
      continue;
    }
    const { span, country, asn, network } = row;
    if (country === undefined && asn === undefined) continue;
    const said = {
      ...(country === undefined ? {} : { country }),
      ...(asn === undefined ? {} : { asn, network: printableText(network ?? '', 100) }),
    };
    if (span.family === 4) ipv4.push({ first: span.first, last: span.last, ...said });
    else ipv6.push({ first: span.first, last: span.last, ...said });
  }
  return layout === undefined
    ? undefined
    : { ipv4, ipv6, skipped, ...(firstSkipped === undefined ? {} : { firstSkipped }) };
}

export async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const input = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => input.destroy(error));
  yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}

/** Country code by geoname id, from a GeoLite2 locations file. */
export async function readLocations(path: string): Promise<Map<string, string>> {
  const places = new Map<string, string>();
  let id = -1;
  let code = -1;
  for await (const line of linesOf(path)) {
    const columns = splitColumns(line);
    if (id < 0) {
      id = columns.indexOf('geoname_id');
      code = columns.indexOf('country_iso_code');
      if (id < 0 || code < 0) return places;
      continue;
    }
    const country = columns[code] ?? '';
    if (country !== '') places.set(columns[id] ?? '', country);
  }
  return places;
}
