import type { Place, PlaceOf } from '../model/place.ts';

/** `{"crc":"89abcdef",` of a journal line: what comes before the members that a row takes over. */
const COVERED_FROM = 18;
const PEER = Buffer.from('"peer":{"address":"');
const QUOTE = 0x22;
const MOST_KNOWN = 200_000;

/** Turns lines of the journal into rows of the store: as they are, with the place of the source put before. */
export interface RowLines {
  /** Appends the row of a line; false when it would not fit. */
  add(sequence: number, line: Buffer): boolean;
  /** The rows so far, which the caller takes over, and begins anew. */
  take(): Buffer;
  readonly rows: number;
}

export function createRowLines(bytes: number, placeOf: PlaceOf): RowLines {
  let buffer = Buffer.allocUnsafe(bytes);
  let used = 0;
  let rows = 0;
  const known = new Map<string, string>();

  const membersOf = (address: string): string => {
    const before = known.get(address);
    if (before !== undefined) return before;
    const members = placeMembers(placeOf(address));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(address, members);
    return members;
  };
  return {
    add: (sequence, line) => {
      const head = `{"seq":${sequence},${membersOf(addressOf(line))}`;
      const size = Buffer.byteLength(head) + line.length - COVERED_FROM + 1;
      if (used + size > buffer.length) {
        if (rows > 0) return false;
        buffer = Buffer.allocUnsafe(size);
      }
      used += buffer.write(head, used);
      used += line.copy(buffer, used, COVERED_FROM);
      buffer[used++] = 0x0a;
      rows++;
      return true;
    },
    take: () => {
      const taken = buffer.subarray(0, used);
      buffer = Buffer.allocUnsafe(bytes);
      used = 0;
      rows = 0;
      return taken;
    },
    get rows() {
      return rows;
    },
  };
}

/**
 * The members of an event stand in the order in which the journal writes them, so the first `"peer":{"address":"` is the
 * event's own: nothing a visitor sends comes before it.
 */
function addressOf(line: Buffer): string {
  const at = line.indexOf(PEER);
  if (at < 0) return '';
  const from = at + PEER.length;
  return line.toString('latin1', from, line.indexOf(QUOTE, from));
}

function placeMembers(place: Place | undefined): string {
  if (place === undefined) return '';
  const { country = '', asn = 0, network = '' } = place;
  return `"country":${JSON.stringify(country)},"asn":${asn},"network":${JSON.stringify(network)},`;
}
