import { findRecordings } from '../recordings/library.ts';
import { play } from '../recordings/play.ts';
import { SHORT } from '../recordings/play-line.ts';
import { readRecording } from '../recordings/read-recording.ts';
import type { RecordingAnswer, RecordingLine } from './answers.ts';

/** Of one recording; the rest is for the terminal (sundew replay). */
const MOST_LINES = 5_000;
/** Characters of one page. */
const PAGE_TEXT = 1_000_000;

const NOTHING: RecordingAnswer = { offset: 0, lines: [], more: false, cut: false };

/** One page of what both sides of a session sent; without a recording it says so. */
export async function recordingPage(
  folder: string | undefined,
  session: string,
  page: { readonly offset: number; readonly limit: number },
  signal: AbortSignal,
): Promise<RecordingAnswer> {
  const found = folder === undefined ? [] : await findRecordings(folder, session);
  const recording = found.find(({ head }) => head.session === session);
  if (recording === undefined) return NOTHING;
  const lines: RecordingLine[] = [];
  let passed = 0;
  let length = 0;
  let more = false;
  for await (const line of play(readRecording(recording), SHORT)) {
    if (signal.aborted) break;
    passed++;
    if (passed <= page.offset) continue;
    if (lines.length >= page.limit || length > PAGE_TEXT || passed > MOST_LINES) {
      more = true;
      break;
    }
    lines.push(line);
    length += line.text.reduce((sum, text) => sum + text.length, 0);
  }
  const { ms, visitor, sensor, lost, begun, ended } = recording;
  const cut = more && passed > MOST_LINES;
  return {
    recording: { ms, visitor, sensor, lost, begun, ended },
    offset: page.offset,
    lines,
    more: more && !cut,
    cut,
  };
}
