import type { RecordedAnswer } from './persona.ts';

/** An answer that is ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** `body` carries its transfer coding already. */
  readonly coded?: boolean;
}

/** What stands for the names in braces of a recorded answer. */
export type Values = Readonly<Record<string, string>>;

const NOTHING = Buffer.alloc(0);

/** Without `body` it is the recorded one. */
export function fillAnswer(answer: RecordedAnswer, values: Values, body?: Buffer): Answer {
  const content = body ?? Buffer.from(filled(answer.body, values), 'latin1');
  const all = { length: String(content.length), ...values };
  return {
    status: answer.status,
    line: answer.line,
    headers: answer.headers.map(([name, value]): [string, string] => [name, filled(value, all)]),
    body: content,
  };
}

function filled(text: string, values: Values): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Bytes for the wire; `bare` is HTTP/0.9, which has no head. */
export function answerBytes(answer: Answer, { bare, head }: { bare: boolean; head: boolean }): Buffer {
  const body = head ? NOTHING : answer.body;
  if (bare) return body;
  const lines = [answer.line, ...answer.headers.map(([name, value]) => `${name}: ${value}`)];
  const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body.length === 0 ? text : Buffer.concat([text, body]);
}
