import { setTimeout as delay } from 'node:timers/promises';
import type { Line } from './line.ts';
import { encoded, openLine } from './line.ts';
import type { Probe, Step } from './probe.ts';

export interface Answer {
  /** Number and text of the step, for people. */
  readonly step: string;
  /** What came back on each connection that got something, in byte strings; `closed` when it was hung up on. */
  readonly reply: string;
}

/** Sends a probe to a server and returns what came back, step by step. */
export async function ask(port: number, probe: Probe): Promise<Answer[]> {
  const control = await openLine(port);
  const lines = new Map<number, Line>();
  const lineOf = async (number: number): Promise<Line> => {
    const line = lines.get(number) ?? (await openLine(port));
    lines.set(number, line);
    return line;
  };
  const answers: Answer[] = [];
  await control.request('FLUSHALL');
  for (const step of probe.steps) {
    const { bytes, on, replies, pushed, finish } = read(step);
    const line = await lineOf(on);
    line.send(bytes);
    if (replies) await Promise.race([line.replied(!pushed), delay(LONGEST_WAIT_MS)]);
    // Who answers others has read what came before, and has written what there is to say. A server may take long
    // bytes in pieces, and hang up a turn late.
    for (let round = 0; round < (replies ? 2 : RAW_ROUNDS) && !line.closed; round++)
      await control.request(CONTROL);
    const reply = [...lines.values()].map((one) => finish(withoutControl(one.take()))).join('');
    const shown = typeof step === 'string' ? step : `raw ${JSON.stringify(step.raw)}`;
    answers.push({ step: `${answers.length} ${shown.slice(0, 60)}`, reply });
  }
  for (const line of lines.values()) line.end();
  for (const words of probe.cleanup ?? []) await control.request(words);
  control.end();
  return answers;
}

/** A request that is not answered by then shows as an empty answer. */
const LONGEST_WAIT_MS = 3_000;

const same = (text: string): string => text;

function read(step: Step): {
  bytes: string;
  on: number;
  replies: boolean;
  /** Its reply is a push in RESP3. */
  pushed: boolean;
  finish: (text: string) => string;
} {
  if (typeof step !== 'string')
    return { bytes: step.raw, on: step.on ?? 1, replies: false, pushed: false, finish: same };
  const [, flags = '', on = '1', words = ''] = /^([~?]*)(?:@(\d) )?([^]*)$/.exec(step) ?? [];
  const finish = flags.includes('~') ? shapeOf : flags.includes('?') ? sorted : same;
  return {
    bytes: encoded(words),
    on: Number(on),
    replies: !/^quit$/i.test(words),
    pushed: /subscribe/i.test(words),
    finish,
  };
}

/** Numbers, hex ids, addresses and versions made alike; lengths with them. */
function shapeOf(text: string): string {
  return text.replace(/[0-9a-f]{40,64}/g, 'HEX').replace(/\d+(\.\d+)*/g, '#');
}

/** Elements of the reply in alphabetical order. */
function sorted(text: string): string {
  const [head = '', ...parts] = text.split(/(?=[$*]\d+\r\n)/);
  return head + parts.toSorted().join('');
}

const RAW_ROUNDS = 20;
/** Not to be shown where MONITOR shows it. */
const CONTROL = 'PING control';

function withoutControl(text: string): string {
  return text.replace(/\+[^\r\n]* "PING" "control"\r\n/g, '');
}
