import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';

/** What a finding is about, whatever was counted or quoted this time: 32 hex digits. */
export function fingerprintOf({ rule }: Pick<Finding, 'rule'>, target: string): string {
  return createHash('sha256').update(`${rule}\n${target}`).digest('hex').slice(0, 32);
}

/**
 * Where its evidence stands, 12 hex digits a place. Excerpts do not count: they hold values and times. A secret found by
 * a sample stands in another session's key each time, so for the axis `leaking` the variable parts of a key name are
 * left out; an attacker's key is always taken letter by letter.
 */
export function placesOf({ axis, evidence }: Pick<Finding, 'axis' | 'evidence'>): string[] {
  const places = evidence.map(({ event, field }) => {
    const place = event.slice(0, 512).replace(EPHEMERAL_PORT, '$1');
    return `${axis === 'leaking' ? shapeOf(place) : place} ${field}`;
  });
  return [...new Set(places)].map(short).toSorted();
}

/** The port of a client is another one at every connection. */
const EPHEMERAL_PORT = /(\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}):\d{1,5}\b/g;

/** `sess:9f8a7b6c5d4e` and `sess:0011aabb2233` are keys of one kind: `sess:#`. */
function shapeOf(place: string): string {
  return place
    .split(/([:/._{}|-])/)
    .map((part) => (looksRandom(part) ? '#' : part.replace(/\d+/g, '#')))
    .join('');
}

function looksRandom(part: string): boolean {
  return (part.length >= 8 && /^[0-9a-f]+$/i.test(part)) || (part.length >= 12 && /\d/.test(part));
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
