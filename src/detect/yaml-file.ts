import type { Alias, Document } from 'yaml';
import { LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';

/** What is wrong with a file of rules, patterns or campaigns, and where. */
export interface RuleFault {
  readonly path: string;
  /** `line 12`, with the path inside the document where there is one. */
  readonly where: string;
  readonly message: string;
  readonly remedy: string;
}

/** A file as the platform reads it. */
export interface SourceFile {
  /** Its examples are known to hold: it ships with Sundew, and the tests ran them. They are not run again at every start. */
  readonly trusted?: boolean;
  /** What the text says, where somebody has parsed it before. */
  readonly parsed?: unknown;
  readonly path: string;
  readonly text: string;
}

const LONGEST_FILE = 262_144;

/** A parsed file and a way to say where in it something is wrong. */
export interface YamlFile {
  readonly value: unknown;
  fault(path: readonly PropertyKey[], message: string, remedy: string): RuleFault;
}

export function readYaml({ path, text, parsed }: SourceFile): YamlFile | RuleFault {
  if (parsed !== undefined) {
    return {
      value: parsed,
      fault: (at, message, remedy) => ({ path, where: at.map(String).join('.') || 'file', message, remedy }),
    };
  }
  const lines = new LineCounter();
  if (text.length > LONGEST_FILE) {
    return { path, where: 'file', message: 'is larger than 256 KiB', remedy: 'Split it: one rule a file.' };
  }
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    return {
      path,
      where: `line ${line}`,
      message: error.message.split('\n')[0] ?? 'is not YAML',
      remedy: 'Mend the YAML there; an editor with YAML support shows it.',
    };
  }
  const where = (at: readonly PropertyKey[]): string => {
    const line = lineOf(document, at, lines);
    const place = at.map(String).join('.');
    return place === '' ? `line ${line}` : `line ${line} (${place})`;
  };
  const alias = firstAlias(document);
  if (alias !== undefined) {
    return {
      path,
      where: `line ${lines.linePos(alias.range?.[0] ?? 0).line}`,
      message: `uses the alias *${alias.source}`,
      remedy: 'Write out what it stands for: these files take no aliases.',
    };
  }
  return {
    value: document.toJS(),
    fault: (at, message, remedy) => ({ path, where: where(at), message, remedy }),
  };
}

/** What zod has to say, with its line: a field it does not know first, for that is mostly another one misspelt. */
export function schemaFault(file: YamlFile, error: z.ZodError): RuleFault {
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  const at = issue?.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : (issue?.path ?? []);
  const message =
    issue?.code === 'unrecognized_keys' ? `unknown field '${issue.keys[0]}'` : (issue?.message ?? '');
  return file.fault(at, message, 'docs/rules.md lists the fields and what they may hold.');
}

/** An alias lets a small file unfold into a large one, or into one without an end. */
function firstAlias(document: Document): Alias | undefined {
  let found: Alias | undefined;
  visit(document, {
    Alias: (_, node) => {
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

function lineOf(document: Document, at: readonly PropertyKey[], lines: LineCounter): number {
  for (let depth = at.length; depth > 0; depth--) {
    const node: unknown = document.getIn(at.slice(0, depth), true);
    if (typeof node !== 'object' || node === null || !('range' in node)) continue;
    const { range } = node as { range?: readonly number[] | null };
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return 1;
}
