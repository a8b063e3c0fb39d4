import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { World } from '../world.ts';

const MOST_SCRIPTS = 1_000;
const LONGEST_KEPT_SCRIPT = 1_048_576;
const MOST_BYTES = 16_777_216;

export function scriptSha1(body: ByteString): string {
  return createHash('sha1').update(body, 'latin1').digest('hex');
}

/** Keeps a script for EVALSHA; the oldest make room. */
export function keepScript({ scripts }: World, sha1: string, body: ByteString): void {
  if (scripts.has(sha1) || body.length > LONGEST_KEPT_SCRIPT) return;
  scripts.set(sha1, ownedBytes(body));
  let bytes = 0;
  for (const kept of scripts.values()) bytes += kept.length;
  for (const [oldest, kept] of scripts) {
    if (scripts.size <= MOST_SCRIPTS && bytes <= MOST_BYTES) break;
    scripts.delete(oldest);
    bytes -= kept.length;
  }
}
