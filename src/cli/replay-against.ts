import { safeJson } from '../outputs/safe-json.ts';
import type { Style } from '../outputs/style.ts';
import type { Recording } from '../recordings/library.ts';
import { readRecording } from '../recordings/read-recording.ts';
import type { Difference, Rerun } from '../recordings/rerun.ts';
import { rerun } from '../recordings/rerun.ts';
import { scriptOf } from '../recordings/script.ts';
import type { Context } from './context.ts';
import { Complaint, Exit } from './exit.ts';
import { choosePersona } from './persona-choice.ts';
import type { OpenTarget } from './replay-target.ts';
import { freshSensor, givenServer } from './replay-target.ts';
import { styleFor } from './terminal.ts';

export interface AgainstOptions {
  readonly against: string;
  readonly persona?: string;
  readonly disposable?: true;
  readonly consent?: true;
  /** Also what differs in numbers, ids, times and order counts as a difference. */
  readonly strict?: true;
  readonly json?: true;
  readonly ndjson?: true;
}

/** Says a recording again and tells how the replies differ: a regression test. */
export async function runAgainst(
  recording: Recording,
  options: AgainstOptions,
  context: Context,
): Promise<Exit> {
  if (!recording.begun) {
    throw new Complaint(
      'The beginning of this recording has been removed, so it cannot be said again.',
      'Choose another one, or keep more: sundew up --recordings-max MB.',
    );
  }
  const target = await openTarget(options, recording.head.persona, context);
  try {
    const result = await rerun(await scriptOf(readRecording(recording)), target);
    const failed = result.different > 0 || (options.strict === true && result.shape > 0);
    await tell(recording, target, result, options, context);
    if (failed) return Exit.findings;
    return result.said === 'all' ? Exit.fine : Exit.partial;
  } finally {
    await target.close();
  }
}

async function openTarget(
  options: AgainstOptions,
  recorded: string | undefined,
  context: Context,
): Promise<OpenTarget> {
  const { against, persona, disposable = false, consent = false } = options;
  if (against === 'sensor') return freshSensor(choosePersona(persona ?? recorded), context);
  if (persona !== undefined) {
    throw new Complaint('A given server is what it is.', 'Use --persona with --against sensor only.');
  }
  return givenServer(against, { disposable, consent }, context);
}

async function tell(
  { head }: Recording,
  { name }: OpenTarget,
  result: Rerun,
  options: AgainstOptions,
  { terminal }: Context,
): Promise<void> {
  if (options.json === true || options.ndjson === true) {
    const indent = options.json === true ? 2 : undefined;
    return terminal.out(`${safeJson({ session: head.session, against: name, ...result }, indent)}\n`);
  }
  const style = styleFor(terminal, 'out');
  for (const difference of result.differences) {
    if (difference.likeness === 'shape' && options.strict !== true) continue;
    await terminal.out(differenceText(difference, style));
  }
  return terminal.out(summary(head.session, name, result));
}

const LINES = 8;

function differenceText({ reply, request, likeness, recorded, now }: Difference, style: Style): string {
  const side = (sign: string, lines: readonly string[], look: 'red' | 'green'): string[] => [
    ...lines.slice(0, LINES).map((line) => style(look, `  ${sign} ${line}`)),
    ...(lines.length > LINES ? [style('dim', `  ${sign} … ${lines.length - LINES} more lines`)] : []),
  ];
  const what = likeness === 'shape' ? 'only numbers, ids, times or order differ' : likeness;
  return [
    style('bold', `reply ${reply}, ${what}${request === '' ? '' : `: ${request}`}`),
    ...side('-', recorded, 'red'),
    ...side('+', now, 'green'),
    '',
  ].join('\n');
}

function summary(session: string, name: string, result: Rerun): string {
  const { replies, exact, shape, different, unasked, said } = result;
  const lines = [
    `Session ${session} said again to ${name}: of ${replies} replies ${exact} are the same to the byte, ${shape} but for numbers, ids, times or order, ${different} differ.`,
  ];
  if (unasked.recorded + unasked.now > 0) {
    lines.push(
      `Not compared: messages that nobody asked for (${unasked.recorded} then, ${unasked.now} now).`,
    );
  }
  if (said !== 'all') {
    const why = said === 'the beginning' ? 'the recording has a hole behind it' : 'the other side hung up';
    lines.push(`Only a part was said: ${why}.`);
  }
  return `${lines.join('\n')}\n`;
}
