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
    const before = wordsOf(line);
    const step: Open = { text: before === undefined ? line : `${before}:`, lines: [] };
    // The same words for another user: one step with a line more.
    if (before !== undefined && last?.text === step.text) {
      steps.pop();
      step.lines.push(...last.lines);
    }
    steps.push(step);
    if (before !== undefined) typed(line.slice(before.length + 2), step, steps);
  }
  return steps;
}

/** The words before what is to be typed; undefined when the line is words only. */
function wordsOf(line: string): string | undefined {
  const found = COMMAND_WITHIN.exec(line);
  return found === null ? undefined : line.slice(0, line.indexOf(': ', found.index));
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
