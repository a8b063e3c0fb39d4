import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PlaceSource } from '../model/place.ts';
import type { Stretch } from './layers.ts';

/*
 * The index file: a line of magic, a line of JSON, then the tables, little-endian, each after the other:
 *   IPv4: starts (4 bytes each), place numbers (4); IPv6: starts (16 each, most significant word first), place numbers (4);
 *   places: JSON, an array of [country, asn, network].
 */
const MAGIC = 'sundew-places 1\n';
const LONGEST_HEAD = 65_536;

const Head = z.object({
  ipv4: z.number().int().nonnegative(),
  ipv6: z.number().int().nonnegative(),
  places: z.number().int().nonnegative(),
  /** Of everything after this line. */
  sha256: z.string(),
  sources: z.array(PlaceSource),
});
const Places = z.array(z.tuple([z.string(), z.number(), z.string()]));
type PlaceRow = z.infer<typeof Places>[number];

/** An index in memory: what stands at a position of `starts` holds up to the next one. */
export interface PlaceIndex {
  readonly ipv4: { readonly starts: Uint32Array; readonly places: Uint32Array };
  /** Four words an address. */
  readonly ipv6: { readonly starts: Uint32Array; readonly places: Uint32Array };
  readonly places: readonly PlaceRow[];
  readonly sources: readonly PlaceSource[];
}

export function encodeIndex(
  ipv4: readonly Stretch<number>[],
  ipv6: readonly Stretch<bigint>[],
  sources: readonly PlaceSource[],
): Buffer {
  const numbers = new Map<string, number>();
  const places: PlaceRow[] = [];
  const numberOf = ({ country, asn, network }: Stretch<number | bigint>): number => {
    const key = `${country} ${asn} ${network}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, places.length);
    places.push([country, asn, network]);
    return places.length - 1;
  };
  const v4 = Buffer.alloc(ipv4.length * 8);
  for (const [at, stretch] of ipv4.entries()) {
    v4.writeUInt32LE(stretch.first, at * 4);
    v4.writeUInt32LE(numberOf(stretch), (ipv4.length + at) * 4);
  }
  const v6 = Buffer.alloc(ipv6.length * 20);
  for (const [at, stretch] of ipv6.entries()) {
    for (let word = 0; word < 4; word++) {
      v6.writeUInt32LE(Number((stretch.first >> BigInt(96 - word * 32)) & 0xffff_ffffn), at * 16 + word * 4);
    }
    v6.writeUInt32LE(numberOf(stretch), ipv6.length * 16 + at * 4);
  }
  const names = Buffer.from(JSON.stringify(places));
  const body = Buffer.concat([v4, v6, names]);
  const head: z.infer<typeof Head> = {
    ipv4: ipv4.length,
    ipv6: ipv6.length,
    places: names.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    sources: [...sources],
  };
  return Buffer.concat([Buffer.from(`${MAGIC}${JSON.stringify(head)}\n`), body]);
}

/** What a file holds, or why it cannot be used. */
export function decodeIndex(file: Buffer): PlaceIndex | { readonly fault: string } {
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    const newer = file.toString('latin1', 0, 14) === MAGIC.slice(0, 14);
    return { fault: newer ? 'it is of another version' : 'it is no index of places' };
  }
  const end = file.subarray(0, MAGIC.length + LONGEST_HEAD).indexOf(10, MAGIC.length);
  const head = end < 0 ? undefined : parsed(Head, file.toString('utf8', MAGIC.length, end));
  if (head === undefined) return { fault: 'its head is damaged' };
  const body = file.subarray(end + 1);
  const v4 = head.ipv4 * 8;
  const v6 = head.ipv6 * 20;
  if (body.length !== v4 + v6 + head.places) return { fault: 'it is cut off, or longer than it says' };
  if (createHash('sha256').update(body).digest('hex') !== head.sha256) {
    return { fault: 'its checksum does not match' };
  }
  const places = parsed(Places, body.toString('utf8', v4 + v6));
  if (places === undefined) return { fault: 'its places are damaged' };
  const words = wordsOf(body.subarray(0, v4 + v6));
  const v6Words = words.subarray(head.ipv4 * 2);
  return {
    ipv4: { starts: words.subarray(0, head.ipv4), places: words.subarray(head.ipv4, head.ipv4 * 2) },
    ipv6: { starts: v6Words.subarray(0, head.ipv6 * 4), places: v6Words.subarray(head.ipv6 * 4) },
    places,
    sources: head.sources,
  };
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function wordsOf(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < words.length; at++) words[at] = view.getUint32(at * 4, true);
  return words;
}
