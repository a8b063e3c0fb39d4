import { crc32 } from 'node:zlib';
import { Event } from '../model/event.ts';
import { parseSequence, sequenceOf } from './event-id.ts';

/** Longest line that is read, newline left out: what is longer is damage. */
export const LINE_LIMIT = 8 * 1024 * 1024;

/** `{"crc":"89abcdef",` comes before what the checksum covers. */
const COVERED_FROM = 18;

/**
 * One line of a journal file. The checksum is the CRC-32 (zlib's) of all bytes after its own comma up to the newline.
 *
 * @param members the members after `crc` with the closing brace, in ASCII.
 */
export function encodeLine(members: string): string {
  return `{"crc":"${crc32(members).toString(16).padStart(8, '0')}",${members}\n`;
}

/** True when the line begins with the right checksum of the rest of it. */
export function hasChecksum(line: Buffer): boolean {
  const start = /^\{"crc":"([0-9a-f]{8})",$/.exec(line.toString('latin1', 0, COVERED_FROM));
  return start !== null && crc32(line.subarray(COVERED_FROM)) === Number.parseInt(start[1] ?? '', 16);
}

/** What a line says, or why it cannot be believed. A right checksum proves no honest writer, hence the schema. */
export function decodeLine(line: Buffer): Event | { readonly fault: string } {
  if (!hasChecksum(line)) return { fault: 'its checksum does not match' };
  const json = parsedJson(line);
  if (json === undefined) return { fault: 'it is not JSON' };
  const event = Event.safeParse(json);
  return event.success ? event.data : { fault: 'it is not an event' };
}

/** The JSON of a line; undefined when it is none. Bytes above ASCII stay single code units. */
export function parsedJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('latin1'));
  } catch {
    return undefined;
  }
}

/** Where an event stands in the order of writing and in time, without reading all of it. */
export interface LineHead {
  /** -1 when the id is not one of ours. */
  readonly sequence: number;
  readonly time: number;
}

/** The head of a line with a right checksum; undefined when it is no event. */
export function lineHead(line: Buffer): LineHead | undefined {
  const head = HEAD.exec(line.toString('latin1', 0, HEAD_LENGTH));
  if (head !== null) return { sequence: parseSequence(head[1] ?? '') ?? -1, time: Number(head[2]) };
  const event = decodeLine(line);
  return 'fault' in event ? undefined : { sequence: sequenceOf(event.id) ?? -1, time: event.time };
}

const HEAD = /^\{"crc":"[0-9a-f]{8}","id":"[0-9a-f]{8}-([0-9a-z]{10})","time":(-?\d{1,15}),/;
const HEAD_LENGTH = 80;
