import { printableText } from '../model/printable.ts';
import { safeJson } from '../outputs/safe-json.ts';
import { durationText, timeText } from '../outputs/times.ts';
import type { Recording } from '../recordings/library.ts';
import { withoutParts } from '../recordings/library.ts';
import { holeText, play } from '../recordings/play.ts';
import type { PlayLimits, PlayLine } from '../recordings/play-line.ts';
import type { Piece } from '../recordings/read-recording.ts';
import { readRecording } from '../recordings/read-recording.ts';
import type { Context } from './context.ts';
import { styleFor } from './terminal.ts';

export interface PlayOptions {
  /** Times as fast as it was; undefined does not wait at all. */
  readonly speed: number | undefined;
  /** Milliseconds in the recording at which it begins. */
  readonly from: number;
  /** Longest wait between two lines, milliseconds. */
  readonly longestPause: number;
  readonly limits: PlayLimits;
}

const SIGNS: Readonly<Record<PlayLine['from'], string>> = { visitor: '>', sensor: '<', note: '-' };

/** Plays a recording as requests and replies, in its own time. */
export async function playRecording(
  recording: Recording,
  options: PlayOptions,
  context: Context,
): Promise<void> {
  await context.terminal.out(headText(recording));
  const wait = createPauses(options, context);
  const style = styleFor(context.terminal, 'out');
  for await (const { ms, from, text } of play(readRecording(recording), options.limits)) {
    if (context.signal.aborted) return;
    if (ms < options.from) continue;
    await wait(ms);
    for (const [at, line] of text.entries()) {
      const time = at === 0 ? timeColumn(ms) : ' '.repeat(timeColumn(ms).length);
      const said = `${SIGNS[from]} ${line}`;
      await context.terminal.out(
        `${style('dim', time)} ${from === 'visitor' ? style('bold', said) : said}\n`,
      );
    }
  }
  if (!recording.ended)
    await context.terminal.out('The recording has no end: the visit goes on, or its end was not kept.\n');
}

/** The bytes themselves, as `hexdump -C` shows them. */
export async function dumpRecording(
  recording: Recording,
  options: PlayOptions,
  context: Context,
): Promise<void> {
  await context.terminal.out(headText(recording));
  const wait = createPauses(options, context);
  for await (const piece of readRecording(recording)) {
    if (context.signal.aborted) return;
    if (piece.ms < options.from) continue;
    await wait(piece.ms);
    await context.terminal.out(dumpText(piece));
  }
}

/** As JSON: what is known of it, then each piece with its bytes in base64. */
export async function printRecording(
  recording: Recording,
  lines: boolean,
  { terminal }: Context,
): Promise<void> {
  const about = withoutParts(recording);
  await terminal.out(lines ? `${safeJson(about)}\n` : `{"recording":${safeJson(about)},"pieces":[`);
  let first = true;
  for await (const piece of readRecording(recording)) {
    const told = piece.kind === 'bytes' ? { ...piece, bytes: piece.bytes.toString('base64') } : piece;
    await terminal.out(lines ? `${safeJson(told)}\n` : `${first ? '\n' : ',\n'}${safeJson(told)}`);
    first = false;
  }
  if (!lines) await terminal.out('\n]}\n');
}

function headText({ head, ms, visitor, sensor, lost, begun }: Recording): string {
  const who = printableText(`${head.peer.address}:${head.peer.port}`, 100);
  const where = printableText(head.sensor, 100);
  return [
    `Session ${printableText(head.session, 64)}: ${who} at ${where}, ${timeText(head.opened)}, ${durationText(ms)}`,
    `${visitor} bytes from the visitor (>), ${sensor} from the sensor (<)${lost > 0 ? `, ${lost} not kept` : ''}`,
    ...(begun ? [] : ['Its beginning has been removed to make room.']),
    '',
    '',
  ].join('\n');
}

function timeColumn(ms: number): string {
  return (ms / 1_000).toFixed(3).padStart(10);
}

function createPauses(
  { speed, from, longestPause }: PlayOptions,
  { signal }: Context,
): (ms: number) => Promise<void> {
  let before = from;
  return async (ms) => {
    const pause = Math.min(ms - before, longestPause);
    before = Math.max(before, ms);
    if (speed === undefined || pause <= 0 || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, pause / speed);
      signal.addEventListener('abort', done);
    });
  };
}

const ROW = 16;

function dumpText(piece: Piece): string {
  const time = timeColumn(piece.ms);
  if (piece.kind === 'end') return `${time} - The connection ended.\n`;
  if (piece.kind !== 'bytes') return `${time} - ${holeText(piece)}\n`;
  const rows = [`${time} ${SIGNS[piece.from]} ${piece.bytes.length} bytes\n`];
  for (let at = 0; at < piece.bytes.length; at += ROW) {
    const bytes = piece.bytes.subarray(at, at + ROW);
    const codes = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    rows.push(`  ${at.toString(16).padStart(8, '0')}  ${codes.padEnd(ROW * 3 - 1)}  |${text}|\n`);
  }
  return rows.join('');
}
