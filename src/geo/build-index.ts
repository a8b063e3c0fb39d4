import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { PlaceSource } from '../model/place.ts';
import { printableText } from '../model/printable.ts';
import { LAST_IPV4, LAST_IPV6 } from './address-number.ts';
import { encodeIndex } from './index-file.ts';
import { stretchesOf } from './layers.ts';
import type { RangeFile } from './range.ts';
import { piecesOf } from './range.ts';
import { readMmdb } from './sources/read-mmdb.ts';
import { readLocations, readTable } from './sources/read-table.ts';

export interface PlaceInput {
  readonly path: string;
  /** How the data is called beside every country; the file's name when not given. */
  readonly name?: string;
  readonly licence?: string;
  readonly date?: string;
}

export interface BuiltIndex {
  readonly file: Buffer;
  readonly ipv4: number;
  readonly ipv6: number;
  readonly sources: readonly PlaceSource[];
  /** What was left out, one sentence a file. */
  readonly remarks: readonly string[];
}

/** A file that no index can be made from. */
export class PlaceFileError extends Error {}

/**
 * Makes an index from files of address ranges. Where two tell a country (or a network), the one named first counts.
 *
 * @throws PlaceFileError for a file of an unknown kind; the system's error for one that cannot be read.
 */
export async function buildIndex(
  inputs: readonly PlaceInput[],
  onProgress: (text: string) => void,
): Promise<BuiltIndex> {
  const locations = new Map<string, string>();
  for (const { path } of inputs.filter(isLocations)) {
    for (const [id, country] of await readLocations(path)) locations.set(id, country);
  }
  const files: RangeFile[] = [];
  const sources: PlaceSource[] = [];
  const remarks: string[] = [];
  for (const input of inputs.filter((one) => !isLocations(one))) {
    const file = await readRanges(input.path, locations, onProgress);
    const tells = tellsOf(file);
    const name = printableText(input.name ?? basename(input.path), 80);
    if (file.skipped > 0) {
      remarks.push(`${name}: ${file.skipped} lines left out, first ${file.firstSkipped ?? ''}`);
    }
    if (tells === undefined) {
      throw new PlaceFileError(
        `${input.path} tells neither countries nor networks${
          locations.size === 0 ? '; GeoLite2 country blocks need their locations file beside them' : ''
        }`,
      );
    }
    files.push(file);
    sources.push({
      tells,
      name,
      date: input.date ?? file.date ?? (await stat(input.path)).mtime.toISOString().slice(0, 10),
      licence: printableText(input.licence ?? 'not told', 200),
    });
  }
  onProgress('putting the ranges together');
  const ipv4 = stretchesOf(
    files.map((file) => piecesOf(file.ipv4, { next: (n) => n + 1, before: (n) => n - 1 })),
    (n) => n + 1,
    LAST_IPV4,
  );
  const ipv6 = stretchesOf(
    files.map((file) => piecesOf(file.ipv6, { next: (n) => n + 1n, before: (n) => n - 1n })),
    (n) => n + 1n,
    LAST_IPV6,
  );
  const merged = mergedSources(sources);
  return {
    file: encodeIndex(ipv4, ipv6, merged),
    ipv4: ipv4.length,
    ipv6: ipv6.length,
    sources: merged,
    remarks,
  };
}

function isLocations({ path }: PlaceInput): boolean {
  return /locations[^/]*\.csv(\.gz)?$/i.test(path);
}

async function readRanges(
  path: string,
  locations: ReadonlyMap<string, string>,
  onProgress: (text: string) => void,
): Promise<RangeFile> {
  const name = printableText(basename(path), 80);
  if (path.endsWith('.mmdb')) {
    const bytes = await readFile(path);
    try {
      return readMmdb(bytes, (networks) => onProgress(`${name}: ${networks} networks`));
    } catch (error) {
      throw new PlaceFileError(`${path} is no mmdb database, or a damaged one`, { cause: error });
    }
  }
  const file = await readTable(path, locations, (lines) => onProgress(`${name}: ${lines} lines`));
  if (file === undefined) {
    throw new PlaceFileError(`${path}: its first line is like none of the kinds that can be read`);
  }
  return file;
}

function tellsOf({ ipv4, ipv6 }: RangeFile): PlaceSource['tells'] | undefined {
  const has = (key: 'country' | 'asn'): boolean =>
    ipv4.some((range) => range[key] !== undefined) || ipv6.some((range) => range[key] !== undefined);
  const country = has('country');
  if (has('asn')) return country ? 'country and asn' : 'asn';
  return country ? 'country' : undefined;
}

/** IPv4 and IPv6 halves of one thing are one source. */
function mergedSources(sources: readonly PlaceSource[]): PlaceSource[] {
  return [...new Map(sources.map((one) => [`${one.tells} ${one.name} ${one.date}`, one])).values()];
}
