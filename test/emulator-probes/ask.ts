import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { inlineArguments } from '../../src/wire/inline-arguments.ts';
import type { Probe, Raw, Step } from './probe.ts';

export interface Answer {
  /** The step as a line, for people. */
  readonly step: string;
  /** What came back on each connection that got something, in byte strings; `closed` when it was hung up on. */
  readonly reply: string;
  readonly six?: string;
  readonly why?: string;
}

/** Sends a probe to a server and returns what came back, step by step. */
export async function ask(port: number, probe: Probe): Promise<Answer[]> {
  const control = await open(port);
  const lines = new Map<number, Line>();
  const lineOf = async (number: number): Promise<Line> => {
    const line = lines.get(number) ?? (await open(port));
    lines.set(number, line);
    return line;
  };
  const answers: Answer[] = [];
  await control.request('FLUSHALL');
  for (const step of probe.steps) {
    const [what, six, why] = isTuple(step) ? step : [step];
    const { bytes, on, replies, finish } = read(what);
    const line = await lineOf(on);
    line.send(bytes);
    if (replies) await line.replied();
    // Who answers others has read what came before, and has written what there is to say. A server may take long
    // bytes in pieces, and hang up a turn late.
    for (let round = 0; round < (replies ? 2 : RAW_ROUNDS) && !line.closed; round++)
      await control.request(CONTROL);
    const reply = [...lines.values()].map((one) => finish(withoutControl(one.take()))).join('');
    answers.push({
      step: typeof what === 'string' ? what : `raw ${JSON.stringify(what.raw.slice(0, 60))}`,
      reply,
      ...(six === undefined ? {} : { six }),
      ...(why === undefined ? {} : { why }),
    });
  }
  for (const line of lines.values()) line.end();
  for (const words of probe.cleanup ?? []) await control.request(words);
  control.end();
  return answers;
}

function isTuple(step: Step): step is Extract<Step, readonly unknown[]> {
  return Array.isArray(step);
}

const same = (text: string): string => text;

function read(step: string | Raw): {
  bytes: string;
  on: number;
  replies: boolean;
  finish: (text: string) => string;
} {
  if (typeof step !== 'string') return { bytes: step.raw, on: step.on ?? 1, replies: false, finish: same };
  const [, flags = '', on = '1', words = ''] = /^([~?]*)(?:@(\d) )?([^]*)$/.exec(step) ?? [];
  const finish = flags.includes('~') ? shapeOf : flags.includes('?') ? sorted : same;
  return { bytes: encoded(words), on: Number(on), replies: !/^quit$/i.test(words), finish };
}

export function encoded(words: string): string {
  const argv = inlineArguments(words) ?? [];
  return `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

/** Numbers, hex ids, addresses and versions made alike; lengths with them. */
function shapeOf(text: string): string {
  return text.replace(/[0-9a-f]{40,64}/g, 'HEX').replace(/\d+(\.\d+)*/g, '#');
}

/** Elements of the reply in alphabetical order. */
function sorted(text: string): string {
  const [head = '', ...parts] = text.split(/(?=\$\d+\r\n)/);
  return head + parts.toSorted().join('');
}

const RAW_ROUNDS = 20;
/** Not to be shown where MONITOR shows it. */
const CONTROL = 'PING control';

function withoutControl(text: string): string {
  return text.replace(/\+[^\r\n]* "PING" "control"\r\n/g, '');
}

interface Line {
  send(bytes: string): void;
  /** Resolves when one whole reply is there, or the connection is closed. */
  replied(): Promise<void>;
  request(words: string): Promise<string>;
  /** What came since the last call. */
  take(): string;
  end(): void;
  readonly closed: boolean;
}

async function open(port: number): Promise<Line> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let got = '';
  let closed = false;
  let told = false;
  let changed = (): void => undefined;
  socket
    .on('data', (chunk: Buffer) => {
      got += chunk.toString('latin1');
      changed();
    })
    .on('error', () => undefined)
    .on('end', () => {
      closed = true;
      changed();
    })
    .on('close', () => {
      closed = true;
      changed();
    });
  await once(socket, 'connect');
  const line: Line = {
    send: (bytes) => void socket.write(bytes, 'latin1'),
    replied: async () => {
      while (!line.closed && replyEnd(got, 0) === undefined) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    request: async (words) => {
      line.send(encoded(words));
      await line.replied();
      return line.take();
    },
    take: () => {
      const text = closed && !told ? `${got}<closed>` : got;
      told ||= closed;
      got = '';
      return text;
    },
    end: () => socket.destroy(),
    get closed() {
      return closed;
    },
  };
  return line;
}

/** Where the reply that begins at `from` ends; undefined while it is not whole. */
function replyEnd(text: string, from: number): number | undefined {
  const lineEnd = text.indexOf('\r\n', from);
  if (lineEnd < 0) return undefined;
  const count = Number(text.slice(from + 1, lineEnd));
  const kind = text[from] ?? '';
  if ('$='.includes(kind)) {
    const end = count < 0 ? lineEnd + 2 : lineEnd + 2 + count + 2;
    return end <= text.length ? end : undefined;
  }
  if (!'*~>%'.includes(kind)) return lineEnd + 2;
  let at: number | undefined = lineEnd + 2;
  for (let left = kind === '%' ? 2 * count : count; left > 0 && at !== undefined; left--)
    at = replyEnd(text, at);
  return at;
}
