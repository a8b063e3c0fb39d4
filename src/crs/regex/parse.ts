import type { ByteString } from '../../model/bytes.ts';
import { ANY, ByteSet } from './byte-set.ts';
import { parseClass } from './char-class.ts';
import { readEscape } from './escape.ts';
import { PatternFault } from './fault.ts';
import type { Node, ParsedPattern } from './node.ts';

/** Deeper nesting than any rule has: hostile files must not exhaust the stack. */
const DEEPEST = 200;

/** Reads the part of PCRE's syntax that rule sets use, dot-all and multi-line as libmodsecurity compiles them. */
export function parsePattern(pattern: ByteString): ParsedPattern {
  return new Parser(pattern).parse();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  readonly #beyond = new Set<ParsedPattern['beyondLinear'][number]>();
  #loosened = false;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): ParsedPattern {
    const node = this.#alternatives(false);
    if (this.#at < this.#text.length) throw new PatternFault('a closing parenthesis has no opening one');
    return { node, beyondLinear: [...this.#beyond], loosened: this.#loosened };
  }

  #alternatives(anyCase: boolean): Node {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new PatternFault('nested too deeply');
    const options: Node[] = [];
    let items: Node[] = [];
    let fold = anyCase;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (this.#take('|')) {
        options.push(sequence(items));
        items = [];
        continue;
      }
      // `(?i)` holds to the end of the group that it stands in.
      const flags = /^\(\?([imsx-]+)\)/.exec(this.#text.slice(this.#at, this.#at + 10));
      if (flags !== null) {
        fold = foldAfter(flags[1] ?? '', fold);
        this.#at += flags[0].length;
        continue;
      }
      const atom = this.#atom(fold);
      if (atom !== undefined) items.push(this.#quantified(atom));
    }
    options.push(sequence(items));
    this.#depth -= 1;
    return options.length === 1 ? (options[0] ?? sequence([])) : { kind: 'alt', options };
  }

  #atom(fold: boolean): Node | undefined {
    const character = this.#text[this.#at] ?? '';
    this.#at += 1;
    switch (character) {
      case '(':
        return this.#group(fold);
      case '[': {
        const { set, end } = parseClass(this.#text, this.#at);
        this.#at = end;
        return { kind: 'set', set: set(fold) };
      }
      case '.':
        return { kind: 'set', set: ANY };
      case '^':
        return { kind: 'assert', what: 'line-start' };
      case '$':
        return { kind: 'assert', what: 'line-end' };
      case '\\': {
        const { node, end } = readEscape(this.#text, this.#at, fold);
        this.#at = end;
        if (node.kind === 'back') this.#beyond.add('back reference');
        return node;
      }
      case '*':
      case '+':
      case '?':
        throw new PatternFault(`nothing stands before ${character}`);
      default: {
        const set = ByteSet.of(character.charCodeAt(0) & 0xff);
        return { kind: 'set', set: fold ? set.withBothCases() : set };
      }
    }
  }

  /** After the opening parenthesis. */
  #group(fold: boolean): Node | undefined {
    const head = /^\?(?:#[^)]*\)|P?<\w+>|<=|<!|[=!>:|]|[imsx-]+:)/.exec(
      this.#text.slice(this.#at, this.#at + 200),
    )?.[0];
    if (head === undefined) {
      if (this.#text[this.#at] === '?' || this.#text[this.#at] === '*')
        throw new PatternFault('an unknown kind of group');
      return { kind: 'group', item: this.#inside(fold) };
    }
    this.#at += head.length;
    if (head.startsWith('?#')) return undefined;
    switch (head) {
      case '?=':
      case '?!':
      case '?<=':
      case '?<!': {
        const behind = head.includes('<');
        this.#beyond.add(behind ? 'lookbehind' : 'lookahead');
        return { kind: 'look', behind, negative: head.endsWith('!'), item: this.#inside(fold) };
      }
      case '?>':
        this.#loosened = true;
        return this.#inside(fold);
      case '?|':
        throw new PatternFault('groups that share a number are not supported');
      default:
        if (head.endsWith('>')) return { kind: 'group', item: this.#inside(fold) };
        return this.#inside(foldAfter(head.slice(1, -1), fold));
    }
  }

  #inside(fold: boolean): Node {
    const node = this.#alternatives(fold);
    if (!this.#take(')')) throw new PatternFault('a parenthesis is not closed');
    return node;
  }

  #quantified(atom: Node): Node {
    let node = atom;
    for (;;) {
      const match = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})([?+]?)/.exec(
        this.#text.slice(this.#at, this.#at + 16),
      );
      if (match === null) return node;
      this.#at += match[0].length;
      if (match[4] === '+') this.#loosened = true;
      const [min, max] = bounds(match);
      if (max < min) throw new PatternFault(`the repetition ${match[0]} is empty`);
      node = { kind: 'repeat', item: node, min, max, lazy: match[4] === '?' };
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}

function bounds(match: RegExpExecArray): [number, number] {
  switch (match[0][0]) {
    case '*':
      return [0, Infinity];
    case '+':
      return [1, Infinity];
    case '?':
      return [0, 1];
    default: {
      const min = Number(match[1]);
      if (match[2] === undefined) return [min, min];
      return [min, match[3] === '' ? Infinity : Number(match[3])];
    }
  }
}

/** Dot-all and multi-line are always on here; extended syntax is what no rule set uses. */
function foldAfter(flags: string, before: boolean): boolean {
  const [on = '', off = ''] = flags.split('-');
  if (on.includes('x')) throw new PatternFault('the flag x is not supported');
  return off.includes('i') ? false : before || on.includes('i');
}

function sequence(items: readonly Node[]): Node {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : { kind: 'seq', items };
}
