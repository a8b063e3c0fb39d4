import { bytesFromText } from '../model/bytes.ts';
import { layerOf } from './act-text.ts';
import { brokenClause } from './compile-clause.ts';
import { createDetector } from './detector.ts';
import { exampleEvents } from './example-acts.ts';
import type { LoadedRule } from './loaded-rule.ts';
import { makeReady } from './loaded-rule.ts';
import type { PatternBook } from './patterns.ts';
import { compiled, patternBook } from './patterns.ts';
import type { Example } from './rule.ts';
import { Pattern, Rule } from './rule.ts';
import type { RuleFault, SourceFile, YamlFile } from './yaml-file.ts';
import { readYaml, schemaFault } from './yaml-file.ts';

export type { LoadedRule } from './loaded-rule.ts';
export type { RuleFault } from './yaml-file.ts';

export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  readonly patterns: PatternBook;
  readonly faults: readonly RuleFault[];
}

/**
 * Reads rule and pattern files. A file that is not as it should be, or a rule that fails one of its own examples, is a
 * fault and is left out; the others are loaded.
 */
export function loadRules(files: readonly SourceFile[]): LoadedRules {
  const faults: RuleFault[] = [];
  const documents: { file: SourceFile; yaml: YamlFile }[] = [];
  for (const file of files) {
    const yaml = readYaml(file);
    if ('where' in yaml) faults.push(yaml);
    else documents.push({ file, yaml });
  }
  const isPattern = ({ yaml }: { yaml: YamlFile }): boolean =>
    typeof yaml.value === 'object' && yaml.value !== null && 'pattern' in yaml.value;

  const patterns: Pattern[] = [];
  for (const { yaml, file } of documents.filter(isPattern)) {
    const pattern = Pattern.safeParse(yaml.value);
    if (!pattern.success) faults.push(schemaFault(yaml, pattern.error));
    else {
      const { pattern: name } = pattern.data;
      const fault = patterns.some((one) => one.pattern === name)
        ? yaml.fault(['pattern'], `there is another pattern ${name}`, 'Give it a name of its own.')
        : file.trusted === true
          ? undefined
          : patternFault(pattern.data, yaml);
      if (fault === undefined) patterns.push(pattern.data);
      else faults.push(fault);
    }
  }
  const book = patternBook(patterns);
  const rules: LoadedRule[] = [];
  const seen = new Map<string, string>();
  for (const { file, yaml } of documents.filter((document) => !isPattern(document))) {
    const loaded = loadRule(yaml, book, file.trusted === true);
    if ('where' in loaded) {
      faults.push(loaded);
      continue;
    }
    const before = seen.get(loaded.rule.id);
    if (before !== undefined) {
      faults.push(
        yaml.fault(['id'], `rule ${loaded.rule.id} is also in ${before}`, 'Give it an id of its own.'),
      );
      continue;
    }
    seen.set(loaded.rule.id, file.path);
    rules.push(loaded);
  }
  return { rules, patterns: book, faults };
}

function loadRule(yaml: YamlFile, book: PatternBook, trusted: boolean): LoadedRule | RuleFault {
  const rule = Rule.safeParse(yaml.value);
  if (!rule.success) return schemaFault(yaml, rule.error);
  const { any, steps, rate } = rule.data;
  if (trusted) return makeReady(rule.data, book);
  const broken = brokenClause(any ?? steps ?? (rate === undefined ? [] : [rate]), book);
  if (broken !== undefined) {
    const at = rate === undefined ? [any === undefined ? 'steps' : 'any', broken.index] : ['rate'];
    return yaml.fault(at, broken.why, 'docs/rules.md lists fields, conditions and how patterns are named.');
  }
  const loaded = makeReady(rule.data, book);
  for (const kind of ['match', 'miss'] as const) {
    for (const [index, example] of rule.data.examples[kind].entries()) {
      const why = exampleFault(loaded, example, kind);
      if (why === undefined) continue;
      const remedy = 'Change the rule or the example until they agree.';
      return yaml.fault(['examples', kind, index], `example '${example.shows}' ${why}`, remedy);
    }
  }
  return loaded;
}

function exampleFault(loaded: LoadedRule, example: Example, kind: 'match' | 'miss'): string | undefined {
  const events = exampleEvents(example);
  if (typeof events === 'string') return `cannot be read: ${events}`;
  const detector = createDetector([loaded]);
  const held = events.some((event) => detector.observe(event).findings.length > 0);
  if (held === (kind === 'match')) return undefined;
  return held ? 'should not match, but does' : 'should match, but does not';
}

function patternFault(pattern: Pattern, yaml: YamlFile): RuleFault | undefined {
  let matcher: ReturnType<PatternBook['get']>;
  try {
    // Throws where it is no expression.
    compiled(pattern.re);
    matcher = patternBook([pattern], false).get(pattern.pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return yaml.fault(['re'], why, 'Expressions are in RE2 syntax: no back-references, no look-around.');
  }
  for (const kind of ['match', 'miss'] as const) {
    for (const [index, text] of pattern.examples[kind].entries()) {
      const held = matcher?.find(layerOf(bytesFromText(text))) !== undefined;
      if (held === (kind === 'match')) continue;
      const why = held ? 'should not match, but does' : 'should match, but does not';
      return yaml.fault(
        ['examples', kind, index],
        `this example ${why}`,
        'Change the expression or the example.',
      );
    }
  }
  return undefined;
}
