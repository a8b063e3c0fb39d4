/** One thing to do, and below it what to type or to write, line by line, so that each can be copied. */
export interface AdviceStep {
  readonly text: string;
  readonly lines: readonly string[];
}

interface Open {
  text: string;
  readonly lines: string[];
}

const PROGRAM =
  '(?:redis-cli|valkey-cli|redis-check-rdb|redis-check-aof|apt-get|systemctl|sudo|docker|usermod|chown|chmod|openssl|ps|mv)';
const COMMAND = new RegExp(`^${PROGRAM} `);
const COMMAND_WITHIN = new RegExp(
  `: (?=${PROGRAM} )|^(?:In|Or in) (?:redis|valkey|sentinel)\\.conf[^:]{0,120}(: )`,
);

/** Advice is one line a step; a line that ends in a colon has the lines to write below it. */
export function splitAdvice(advice: string): AdviceStep[] {
  const steps: Open[] = [];
  let open = false;
  for (const raw of advice.slice(0, 20_000).split('\n')) {
    const line = raw.trim();
    const last = steps.at(-1);
    if (line === '') continue;
    if (last !== undefined && (COMMAND.test(line) || (open && /^([^A-Z]|[A-Z]\w*=)/.test(line)))) {
      typed(line, last, steps);
      continue;
    }
    open = line.endsWith(':');
    const [, before = '', colon = ''] = apart(line);
    const step: Open = { text: colon === '' ? line : `${before}:`, lines: [] };
    // The same words for another user: one step with a line more.
    if (colon !== '' && last?.text === step.text) steps.pop();
    if (colon !== '' && last?.text === step.text) step.lines.push(...last.lines);
    steps.push(step);
    if (colon !== '') typed(line.slice(before.length + 2), step, steps);
  }
  return steps;
}

/** Where the words end and what is to be typed begins. */
function apart(line: string): [string, string, string] {
  const found = COMMAND_WITHIN.exec(line);
  if (found === null) return [line, line, ''];
  const at = line.indexOf(': ', found.index);
  return [line, line.slice(0, at), ': '];
}

/** Several commands of one line, and the words around them, each in its place: `A ; B (or C), then restart it`. */
function typed(line: string, step: Open, steps: Open[]): void {
  const [now = '', ...later] = line.split(/(?<!\([^)]{0,160}), then:? /);
  for (const part of now.split(' ; ')) {
    // "and a copy of the data: redis-cli ...": the words are said above already.
    const within = /^[a-z][a-z ]{0,60}: /.exec(part);
    const command = within === null ? part : part.slice(within[0].length);
    const aside = / \((or|with|where|for|better|owned|a)\b([^()"]{0,160})\)$/.exec(command);
    step.lines.push(aside === null ? command : command.slice(0, aside.index));
    if (aside !== null) step.text = `${step.text.replace(/:$/, '')}${aside[0]}:`;
  }
  for (const rest of later) {
    const command = COMMAND.test(rest);
    const next: Open = { text: command ? 'Then:' : `Then ${rest}`, lines: [] };
    steps.push(next);
    if (command) typed(rest, next, steps);
  }
}
