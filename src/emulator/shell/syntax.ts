/** A shell line as a tree. Everything in it is text of an attacker; nothing is ever run by a real shell. */
export interface WordPart {
  readonly kind: 'text' | 'variable' | 'command' | 'arithmetic';
  /** The text, the name of the variable (with what stands in its braces), or the source of the command. */
  readonly text: string;
  /** In double quotes: its result is not split into words. */
  readonly quoted: boolean;
}
export type Word = readonly WordPart[];

export interface Redirect {
  /** The descriptor it changes; -1 for both output and errors (`&>`). */
  readonly from: number;
  readonly how: 'read' | 'write' | 'append' | 'copy' | 'here';
  readonly target: Word;
}

export type Command =
  | {
      readonly kind: 'simple';
      readonly assigned: readonly { readonly name: string; readonly value: Word }[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'group'; readonly body: List; readonly redirects: readonly Redirect[] }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: List; readonly body: List }[];
      readonly otherwise: List | undefined;
    }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly Word[]; readonly body: List }
  | { readonly kind: 'while'; readonly until: boolean; readonly test: List; readonly body: List };

export interface Pipeline {
  readonly commands: readonly Command[];
  readonly negated: boolean;
  /** How it is tied to the one before it. */
  readonly after: ';' | '&&' | '||';
  readonly background: boolean;
}
export type List = readonly Pipeline[];

/** The line is no shell: what dash would print behind `sh: 1: `. */
export interface SyntaxFault {
  readonly fault: string;
}
