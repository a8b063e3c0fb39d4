import type { Reader } from './reader.ts';
import type { Report } from './report.ts';

/** A line of JSON, of which nothing is known but that it is an object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Longer lines are broken: JSON has to be held as a whole. Bytes. */
const LONGEST = 16_777_216;

/** One object a line; brackets and commas of a list around them do no harm, nor does Elasticsearch's `_source`. */
export function createJsonReader(report: Report, onRecord: (record: JsonRecord) => void): Reader {
  let parts: Buffer[] = [];
  let length = 0;

  const line = (): void => {
    report.units++;
    const tooLong = length > LONGEST;
    const text = tooLong
      ? ''
      : bare((parts.length === 1 ? parts[0] : Buffer.concat(parts))?.toString('utf8') ?? '');
    parts = [];
    length = 0;
    if (tooLong) return report.fault('it is longer than 16 MiB');
    if (text === '' || text === '[' || text === ']') {
      report.ignored++;
      return undefined;
    }
    const record = recordOf(text);
    return record === undefined ? report.fault('it is not a JSON object') : onRecord(record);
  };
  const add = (piece: Buffer): void => {
    length += piece.length;
    if (length <= LONGEST) parts.push(piece);
    else parts = [];
  };
  return {
    push: (chunk) => {
      let from = 0;
      for (let feed = chunk.indexOf(10); feed >= 0; feed = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, feed));
        line();
        from = feed + 1;
      }
      if (from < chunk.length) add(chunk.subarray(from));
    },
    end: () => {
      if (length > 0) line();
    },
  };
}

function bare(text: string): string {
  const trimmed = text.trim();
  return trimmed.endsWith(',') ? trimmed.slice(0, -1) : trimmed;
}

function recordOf(text: string): JsonRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return undefined;
    const inner = value['_source'];
    return isRecord(inner) ? inner : value;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of these fields that is a text that is not empty, or a number as text; else empty. */
export function textOf(record: JsonRecord, ...names: readonly string[]): string {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return '';
}

/** The first of these fields that is a whole number, also one in a text; NaN when none is. */
export function numberOf(record: JsonRecord, ...names: readonly string[]): number {
  const text = textOf(record, ...names);
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
