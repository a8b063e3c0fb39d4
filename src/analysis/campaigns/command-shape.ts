import { shapeOf } from '../../content/fingerprint.ts';
import type { Act } from '../../model/act.ts';

/** What the commands of a session look like without what changes from visit to visit. */
export interface CommandShape {
  observe(act: Act): void;
  /** MinHash (Broder 1997) of its steps and pairs of steps; undefined while nothing telling was done. */
  signature(): Uint32Array | undefined;
}

const SLOTS = 32;
/** Steps that are taken in; a visitor may go on for days. */
const MOST_STEPS = 500;
const LONGEST_VALUE = 512;
/** What clients and scanners send: it tells nobody from anybody. */
const CHAFF =
  /^(?:ping|info|hello|auth|select|echo|quit|dbsize|keys|scan|type|ttl|get|mget|exists|time|role|lastsave|client\|.*|command.*|config\|get|memory\|.*)$/;

export function createCommandShape(): CommandShape {
  let slots: Uint32Array | undefined;
  let before = '';
  let steps = 0;
  const take = (text: string): void => {
    slots ??= new Uint32Array(SLOTS).fill(0xffffffff);
    const one = hashOf(text, 0x811c9dc5);
    const two = hashOf(text, 0x01000193) | 1;
    for (let slot = 0; slot < SLOTS; slot++) {
      const value = mixed(one + Math.imul(slot, two));
      if (value < (slots[slot] ?? 0)) slots[slot] = value;
    }
  };
  return {
    observe: (act) => {
      const step = stepOf(act);
      if (step === undefined || steps >= MOST_STEPS) return;
      steps++;
      take(step);
      if (before !== '') take(`${before}\n${step}`);
      before = step;
    },
    signature: () => slots,
  };
}

/** Estimated share of the steps of both that are the same, 0 to 1; the error is about 0.09. */
export function shapeSimilarity(one: Uint32Array | undefined, other: Uint32Array | undefined): number {
  if (one === undefined || other === undefined) return 0;
  let same = 0;
  for (let slot = 0; slot < SLOTS; slot++) if (one[slot] === other[slot]) same++;
  return same / SLOTS;
}

function stepOf(act: Act): string | undefined {
  switch (act.type) {
    case 'redis.command':
      if (CHAFF.test(act.name)) return undefined;
      return act.name === 'config|set'
        ? `config|set ${(act.args[0] ?? '').slice(0, 64).toLowerCase()}`
        : act.name;
    case 'redis.value':
      return `value ${act.kind} ${shapeOf(act.value.slice(0, LONGEST_VALUE))}`;
    case 'shell.command':
      return `shell ${shapeOf(act.line.slice(0, LONGEST_VALUE))}`;
    case 'redis.script':
      return `script ${shapeOf(act.body.slice(0, LONGEST_VALUE))}`;
    default:
      return undefined;
  }
}

/** FNV-1a. */
function hashOf(text: string, start: number): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finish of MurmurHash3: every bit of the result depends on every bit of the number. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
