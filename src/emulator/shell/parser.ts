import type { Token } from './lexer.ts';
import { tokensOf } from './lexer.ts';
import type { Command, List, Pipeline, Redirect, SyntaxFault, Word } from './syntax.ts';

/** Commands within commands that are read; nobody types more. */
const DEEPEST = 24;
const REDIRECTS: Readonly<Record<string, Redirect['how']>> = {
  '<': 'read',
  '<>': 'read',
  '>': 'write',
  '>|': 'write',
  '>>': 'append',
  '&>': 'write',
  '&>>': 'append',
  '>&': 'copy',
  '<&': 'copy',
  '<<<': 'here',
  '<<': 'here',
};

class Fault extends Error {}

/** Reads a line of a POSIX shell. */
export function parseLine(line: string): List | SyntaxFault {
  const tokens = tokensOf(line);
  if (typeof tokens === 'string') return { fault: tokens };
  try {
    const parser = createParser(tokens);
    const list = parser.list(new Set(), 0);
    return parser.rest() ?? list;
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

interface Parser {
  list(ends: ReadonlySet<string>, depth: number): List;
  rest(): SyntaxFault | undefined;
}

function createParser(tokens: readonly Token[]): Parser {
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const operator = (): string | undefined => {
    const token = peek();
    return token?.kind === 'operator' ? token.text : undefined;
  };
  const keyword = (): string | undefined => {
    const token = peek();
    return token?.kind === 'word' ? token.plain : undefined;
  };
  const unexpected = (): never => {
    const token = peek();
    if (token === undefined) throw new Fault('Syntax error: end of file unexpected');
    const text = token.kind === 'operator' ? token.text : (token.plain ?? 'word');
    throw new Fault(`Syntax error: "${text.slice(0, 40)}" unexpected`);
  };
  const expect = (word: string): void => {
    if (keyword() !== word && operator() !== word) unexpected();
    at++;
  };
  const skip = (): void => {
    while (operator() === ';') at++;
  };

  const redirect = (): Redirect | undefined => {
    const token = peek();
    if (token?.kind !== 'operator') return undefined;
    const how = REDIRECTS[token.text];
    if (how === undefined) return undefined;
    at++;
    const target = peek();
    if (target?.kind !== 'word') return unexpected();
    at++;
    const reads = token.text.startsWith('<');
    // bash's `>& file` is `&> file`.
    if (token.text === '>&' && !/^(\d|-)$/.test(target.plain ?? '')) {
      return { from: -1, how: 'write', target: target.word };
    }
    const from = token.text.startsWith('&') ? -1 : (token.descriptor ?? (reads ? 0 : 1));
    return { from, how, target: target.word };
  };
  const redirects = (): Redirect[] => {
    const found: Redirect[] = [];
    for (let one = redirect(); one !== undefined; one = redirect()) found.push(one);
    return found;
  };

  const simple = (): Command => {
    const assigned: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const found: Redirect[] = [];
    for (;;) {
      const one = redirect();
      if (one !== undefined) {
        found.push(one);
        continue;
      }
      const token = peek();
      if (token?.kind !== 'word') break;
      at++;
      const assignment = words.length === 0 ? assignmentOf(token.word) : undefined;
      if (assignment === undefined) words.push(token.word);
      else assigned.push(assignment);
    }
    if (words.length + assigned.length + found.length === 0) unexpected();
    return { kind: 'simple', assigned, words, redirects: found };
  };

  const command = (depth: number): Command => {
    if (depth > DEEPEST) throw new Fault('Syntax error: too deep');
    if (operator() === '(') {
      at++;
      const body = list(new Set([')']), depth + 1);
      expect(')');
      return { kind: 'group', body, redirects: redirects() };
    }
    switch (keyword()) {
      case '{': {
        at++;
        const body = list(new Set(['}']), depth + 1);
        expect('}');
        return { kind: 'group', body, redirects: redirects() };
      }
      case 'if':
        return conditional(depth);
      case 'while':
      case 'until': {
        const until = keyword() === 'until';
        at++;
        const test = list(new Set(['do']), depth + 1);
        return { kind: 'while', until, test, body: body(depth) };
      }
      case 'for':
        return loop(depth);
      default:
        return simple();
    }
  };
  const body = (depth: number): List => {
    expect('do');
    const found = list(new Set(['done']), depth + 1);
    expect('done');
    return found;
  };
  const conditional = (depth: number): Command => {
    const branches: { test: List; body: List }[] = [];
    do {
      at++;
      const test = list(new Set(['then']), depth + 1);
      expect('then');
      branches.push({ test, body: list(new Set(['elif', 'else', 'fi']), depth + 1) });
    } while (keyword() === 'elif');
    let otherwise: List | undefined;
    if (keyword() === 'else') {
      at++;
      otherwise = list(new Set(['fi']), depth + 1);
    }
    expect('fi');
    return { kind: 'if', branches, otherwise };
  };
  const loop = (depth: number): Command => {
    at++;
    const name = keyword() ?? unexpected();
    at++;
    const words: Word[] = [];
    if (keyword() === 'in') {
      at++;
      for (let token = peek(); token?.kind === 'word'; token = peek()) {
        words.push(token.word);
        at++;
      }
    }
    skip();
    return { kind: 'for', name, words, body: body(depth) };
  };

  const pipeline = (after: Pipeline['after'], depth: number): Pipeline => {
    const negated = keyword() === '!';
    if (negated) at++;
    const commands = [command(depth)];
    while (operator() === '|') {
      at++;
      skip();
      commands.push(command(depth));
    }
    return { commands, negated, after, background: operator() === '&' };
  };
  const list = (ends: ReadonlySet<string>, depth: number): List => {
    const found: Pipeline[] = [];
    let after: Pipeline['after'] = ';';
    skip();
    while (peek() !== undefined && !ends.has(keyword() ?? operator() ?? '')) {
      found.push(pipeline(after, depth));
      const tie = operator();
      if (tie === '&&' || tie === '||') {
        after = tie;
        at++;
        skip();
        continue;
      }
      after = ';';
      if (tie === ';' || tie === '&') at++;
      else break;
      skip();
    }
    return found;
  };
  return {
    list,
    rest: () => (at < tokens.length ? { fault: faultOf(unexpected) } : undefined),
  };
}

function faultOf(raise: () => never): string {
  try {
    return raise();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

/** `NAME=value` at the head of a command. */
function assignmentOf(word: Word): { name: string; value: Word } | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const name = /^([A-Za-z_]\w{0,127})=/.exec(first.text.slice(0, 130))?.[1];
  if (name === undefined) return undefined;
  return { name, value: [{ ...first, text: first.text.slice(name.length + 1) }, ...rest] };
}
