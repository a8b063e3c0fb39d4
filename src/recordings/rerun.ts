import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import type { Likeness } from './compare-replies.ts';
import { compareReplies, isUnasked, rawReplyText } from './compare-replies.ts';
import { SHORT } from './play-line.ts';
import { createReplySplitter } from './reply-splitter.ts';
import type { Script } from './script.ts';

/** A connection to what is compared with the recording. */
export interface Target {
  send(bytes: ByteString): void;
  /** Bytes that have come since the last call; resolves with '' after `ms` without any, undefined once it has hung up. */
  read(ms: number): Promise<ByteString | undefined>;
}

export interface Difference {
  readonly reply: number;
  readonly request: string;
  readonly likeness: Exclude<Likeness, 'exact'> | 'missing' | 'surplus';
  /** As redis-cli shows them, printable. */
  readonly recorded: readonly string[];
  readonly now: readonly string[];
}

export interface Rerun {
  readonly replies: number;
  readonly exact: number;
  readonly shape: number;
  readonly different: number;
  /** Not compared: messages that nobody asked for, as recorded and as they came now. */
  readonly unasked: { readonly recorded: number; readonly now: number };
  /** Whether all of the recording was said: it may be incomplete, or the other side hung up before its end. */
  readonly said: 'all' | 'the beginning' | 'until it hung up';
  readonly differences: readonly Difference[];
}

/** How long replies are waited for: as long as they took then and this, with twice that as leeway. */
const PATIENCE_MS = 2_000;
const LONGEST_WAIT_MS = 120_000;
/** After the last reply, for those that should not come. */
const AFTERWARDS_MS = 100;
const LISTED = 1_000;
/** What is taken from the other side, which may be anything. */
const MOST_BYTES = 67_108_864;
const MOST_READS = 100_000;

/** Says a recording again, each part once as many replies are there as then, and compares the replies one by one. */
export async function rerun(script: Script, target: Target): Promise<Rerun> {
  const splitter = createReplySplitter();
  const now: ByteString[] = [];
  let unasked = 0;
  let open = true;
  let [received, reads] = [0, 0];

  const take = (bytes: ByteString): void => {
    received += bytes.length;
    if (received > MOST_BYTES || ++reads > MOST_READS) open = false;
    splitter.push(bytes);
    for (let raw = splitter.next(); raw !== undefined; raw = splitter.next()) {
      if (isUnasked(raw)) unasked++;
      else now.push(raw);
    }
  };
  const waitFor = async (count: number): Promise<void> => {
    while (open && now.length < count) {
      const took = script.replies[now.length]?.took ?? 0;
      const bytes = await target.read(Math.min(LONGEST_WAIT_MS, PATIENCE_MS + 2 * took));
      if (bytes === undefined) open = false;
      else if (bytes === '') return;
      else take(bytes);
    }
  };
  let sent = 0;
  for (const { bytes, after } of script.sends) {
    await waitFor(after);
    if (!open) break;
    target.send(bytes);
    sent++;
  }
  await waitFor(script.replies.length);
  for (let more = open; more; more = open && now.length <= script.replies.length) {
    const bytes = await target.read(AFTERWARDS_MS);
    if (bytes === undefined || bytes === '') break;
    take(bytes);
  }
  const said =
    sent < script.sends.length ? 'until it hung up' : script.cut === undefined ? 'all' : 'the beginning';
  return judged(script, now, splitter.rest(), { said, unasked: { recorded: script.unasked, now: unasked } });
}

function judged(
  { replies, rest }: Script,
  now: readonly ByteString[],
  restNow: ByteString,
  more: Pick<Rerun, 'said' | 'unasked'>,
): Rerun {
  const differences: Difference[] = [];
  const counts = { exact: 0, shape: 0, different: 0 };
  const differs = (difference: Difference): void => {
    if (differences.length < LISTED) differences.push(difference);
  };
  for (const [at, { raw, request }] of replies.entries()) {
    const other = now[at];
    const likeness = other === undefined ? 'missing' : compareReplies(raw, other);
    counts[likeness === 'missing' ? 'different' : likeness]++;
    if (likeness === 'exact') continue;
    const texts = { recorded: shown(raw), now: other === undefined ? [] : shown(other) };
    differs({ reply: at + 1, request, likeness, ...texts });
  }
  for (const [at, raw] of now.slice(replies.length).entries()) {
    counts.different++;
    differs({
      reply: replies.length + at + 1,
      request: '',
      likeness: 'surplus',
      recorded: [],
      now: shown(raw),
    });
  }
  if (rest !== restNow) {
    // A database for a replica carries times and checksums: only that there is one can be asked for.
    const likeness = (rest === '') === (restNow === '') ? 'shape' : 'different';
    counts[likeness]++;
    const texts = { recorded: bytesShown(rest), now: bytesShown(restNow) };
    differs({ reply: replies.length + 1, request: '', likeness, ...texts });
  }
  return { replies: replies.length, ...counts, ...more, differences };
}

function shown(raw: ByteString): string[] {
  return rawReplyText(raw, SHORT);
}

function bytesShown(bytes: ByteString): string[] {
  return bytes === '' ? [] : [`[${bytes.length} bytes] ${printable(bytes, SHORT.word)}`];
}
