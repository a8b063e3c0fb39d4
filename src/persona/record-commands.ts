import type { DocArgument, KeySpec, PersonaCommand } from '../emulator/persona-command.ts';
import type { Plain } from './plain-reply.ts';
import { fields, items, number, text, words } from './plain-reply.ts';

/**
 * The command table from the replies to COMMAND and COMMAND DOCS, by name; a server before 7.0 has no docs. Facts
 * only: the sentences of the documentation stay where they are. Commands of modules that were loaded are left out,
 * those of built-in ones are not.
 */
export function commandsOf(table: Plain, docs: Plain, builtIn: readonly string[]): PersonaCommand[] {
  const told = fields(docs);
  return items(table)
    .map((row) => commandOf(items(row), told))
    .filter(({ flags, module }) => !flags.includes('module') || builtIn.includes(module ?? ''))
    .toSorted(byName);
}

function commandOf(row: readonly Plain[], docs: ReadonlyMap<string, Plain>): PersonaCommand {
  const name = text(row[0]);
  const doc = fields(docs.get(name));
  const inner = fields(doc.get('subcommands'));
  const history = items(doc.get('history')).map((change) => text(items(change)[0]));
  const args = items(doc.get('arguments')).map(argumentOf);
  const subcommands = items(row[9]).map((one) => commandOf(items(one), inner));
  return {
    name,
    arity: number(row[1]),
    flags: words(row[2]),
    keys: [number(row[3]), number(row[4]), number(row[5])],
    categories: words(row[6]),
    ...(row.length > 7 ? { tips: words(row[7]), keySpecs: items(row[8]).map(keySpecOf) } : {}),
    ...textField('since', doc.get('since')),
    ...textField('group', doc.get('group')),
    ...textField('module', doc.get('module')),
    ...(doc.has('complexity') ? { complexity: formula(text(doc.get('complexity'))) } : {}),
    ...(doc.has('doc_flags') ? { docFlags: words(doc.get('doc_flags')) } : {}),
    ...textField('deprecatedSince', doc.get('deprecated_since')),
    ...textField('replacedBy', doc.get('replaced_by')),
    ...(history.length > 0 ? { history } : {}),
    ...(args.length > 0 ? { arguments: args } : {}),
    ...(subcommands.length > 0 ? { subcommands: subcommands.toSorted(byName) } : {}),
  };
}

function keySpecOf(spec: Plain): KeySpec {
  const told = fields(spec);
  const [begin, find] = [fields(told.get('begin_search')), fields(told.get('find_keys'))];
  const [start, range] = [fields(begin.get('spec')), fields(find.get('spec'))];
  return {
    ...(told.has('notes') ? { noted: true } : {}),
    flags: words(told.get('flags')),
    search: searchOf(text(begin.get('type')), start),
    found: foundOf(text(find.get('type')), range),
  };
}

function searchOf(type: string, spec: ReadonlyMap<string, Plain>): KeySpec['search'] {
  if (type === 'index') return { index: number(spec.get('index')) };
  if (type !== 'keyword') return 'unknown';
  return { keyword: text(spec.get('keyword')), from: number(spec.get('startfrom')) };
}

function foundOf(type: string, spec: ReadonlyMap<string, Plain>): KeySpec['found'] {
  const step = number(spec.get('keystep'));
  if (type === 'range') return { last: number(spec.get('lastkey')), step, limit: number(spec.get('limit')) };
  if (type !== 'keynum') return 'unknown';
  return { countAt: number(spec.get('keynumidx')), first: number(spec.get('firstkey')), step };
}

function argumentOf(argument: Plain): DocArgument {
  const told = fields(argument);
  const inner = items(told.get('arguments')).map(argumentOf);
  return {
    name: text(told.get('name')),
    type: text(told.get('type')),
    ...textField('displayText', told.get('display_text')),
    ...(told.has('key_spec_index') ? { keySpec: number(told.get('key_spec_index')) } : {}),
    ...textField('token', told.get('token')),
    ...(told.has('summary') ? { noted: true } : {}),
    ...textField('since', told.get('since')),
    ...textField('deprecatedSince', told.get('deprecated_since')),
    ...(told.has('flags') ? { flags: words(told.get('flags')) } : {}),
    ...(inner.length > 0 ? { arguments: inner } : {}),
  };
}

function textField<Name extends string>(name: Name, value: Plain | undefined): { [key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: text(value) } as { [key in Name]?: string });
}

/** `O(log(N)+M)` of a sentence that explains what N and M are. */
function formula(sentence: string): string {
  const from = sentence.indexOf('O(');
  if (from < 0) return VARIES;
  let depth = 0;
  for (let at = from + 1; at < sentence.length; at++) {
    if (sentence[at] === '(') depth++;
    if (sentence[at] === ')' && --depth === 0) return sentence.slice(from, at + 1);
  }
  return VARIES;
}

const VARIES = 'varies';

const byName = (one: PersonaCommand, other: PersonaCommand): number => (one.name < other.name ? -1 : 1);
