import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import { isDenied } from './answer-values.ts';
import type { Probe, Tell } from './check.ts';
import { isRenamed } from './renamed.ts';
import { shown } from './shown.ts';

/** What has to come: a text, a pattern, or undefined when nothing is known for this server. */
export type Wanted = string | RegExp | undefined;
/** One command and its answer as `shown()` writes it. */
export type Step = readonly [argv: readonly ByteString[], wanted: Wanted];
/** Bytes and the bytes that have to come back; an empty string stands for silence. */
export type RawStep = readonly [bytes: ByteString, wanted: Wanted];

/** How long a server has to stay silent to count as silent. */
const SILENCE_MS = 250;

/** Asks in order on a connection of its own; the first answer that no real server gives is the tell. */
export async function dialogue(probe: Probe, steps: readonly Step[]): Promise<Tell | undefined> {
  const line = probe.server.locked ? await probe.dial() : await probe.visit();
  for (const [argv, wanted] of steps) {
    const answer = await line.ask(...argv);
    if (isDenied(answer)) return undefined;
    const got = shown(answer);
    if (fits(got, wanted)) continue;
    if (await isRenamed(probe, argv[0] ?? '', answer)) return undefined;
    return { saw: `${words(argv)} → ${got}`, expected: wantedText(wanted) };
  }
  return undefined;
}

/** The same with bytes as they are, on a connection as anybody gets one (`visit`: one that is logged in). */
export async function rawDialogue(
  probe: Probe,
  steps: readonly RawStep[],
  door: 'dial' | 'visit' = 'dial',
): Promise<Tell | undefined> {
  const line = await probe[door]();
  for (const [bytes, wanted] of steps) {
    line.send(bytes);
    const got =
      wanted === ''
        ? await line.heard((text) => text !== '', SILENCE_MS)
        : await line.heard((text) => fits(text, wanted) || text.length > 65_536);
    if (fits(got, wanted)) continue;
    return {
      saw: `${printable(bytes, 60)} → ${got === '' ? '(nothing)' : printable(got, 200)}`,
      expected: wantedText(wanted),
    };
  }
  return undefined;
}

function fits(got: string, wanted: Wanted): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? got === wanted : wanted.test(got.slice(0, 4_096));
}

function wantedText(wanted: Wanted): string {
  if (wanted === '') return 'nothing: the request is not complete';
  return printable(
    wanted === undefined ? '' : typeof wanted === 'string' ? wanted : `like ${wanted.source}`,
    240,
  );
}

export function words(argv: readonly ByteString[]): string {
  return printable(argv.map((word) => (/^[!-~]+$/.test(word) ? word : `"${word}"`)).join(' '), 120);
}
