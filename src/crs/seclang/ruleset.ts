import type { ByteString } from '../../model/bytes.ts';
import { parseDirective } from './directive.ts';
import { SecLangFault } from './fault.ts';
import { logicalLines } from './lines.ts';
import type { Actions, Directive, RuleChoice, RuleLine, Target } from './rule.ts';

/** A file of rules: its name without folders, and its bytes. */
export interface ConfFile {
  readonly name: string;
  readonly text: ByteString;
}

/** A rule with the rules chained to it. */
export interface Chain {
  readonly id: number;
  readonly phase: number;
  readonly file: string;
  readonly line: number;
  readonly links: readonly RuleLine[];
}

export type Step = Chain | { readonly marker: string };

export interface ParsedSet {
  /** Rules and markers in the order in which they stand. */
  readonly steps: readonly Step[];
  /** Of the first SecComponentSignature: `OWASP_CRS/4.0.0`. */
  readonly signature: string;
  readonly faults: readonly CrsFault[];
}

export interface CrsFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Reads the files in their order. What cannot be read is left out, with its whole chain, and told. */
export function parseRuleSet(files: readonly ConfFile[]): ParsedSet {
  const steps: Step[] = [];
  const faults: CrsFault[] = [];
  const defaults = new Map<number, readonly string[]>();
  let signature = '';
  for (const file of files) {
    let links: RuleLine[] = [];
    /** The rest of a chain whose part could not be read. */
    let broken = false;
    const fault = (line: number, message: string): void => {
      faults.push({ file: file.name, line, message });
    };
    for (const logical of logicalLines(file.text)) {
      let directive: Directive;
      try {
        directive = parseDirective(logical);
      } catch (error) {
        if (!(error instanceof SecLangFault)) throw error;
        fault(logical.line, error.message);
        broken = /^secrule\s/i.test(logical.text) && (links.length > 0 || mayChain(logical.text));
        links = [];
        continue;
      }
      switch (directive.kind) {
        case 'rule': {
          if (broken) {
            broken = directive.actions.chain;
            break;
          }
          links.push(withDefaults(directive, links[0], defaults));
          if (directive.actions.chain) break;
          addChain(steps, file.name, links, fault);
          links = [];
          break;
        }
        case 'marker':
          steps.push({ marker: directive.name });
          break;
        case 'default':
          defaults.set(directive.actions.phase || 2, directive.actions.transformations);
          break;
        case 'signature':
          signature ||= directive.text;
          break;
        case 'remove':
          remove(steps, directive.which);
          break;
        case 'update-targets':
          update(steps, directive.which, directive.targets);
          break;
        case 'setting':
          break;
      }
    }
    if (links[0] !== undefined) fault(links[0].line, 'the chain has no end');
  }
  return { steps, signature, faults };
}

function mayChain(text: ByteString): boolean {
  return /[,"']\s*chain\s*[,"']/.test(text);
}

function addChain(
  steps: Step[],
  file: string,
  links: readonly RuleLine[],
  fault: (line: number, message: string) => void,
): void {
  const [head] = links;
  if (head === undefined) return;
  const { id, phase } = head.actions;
  if (id === 0) fault(head.line, 'the rule has no id');
  else if (steps.some((step) => 'id' in step && step.id === id))
    fault(head.line, `rule ${id} is there already`);
  else steps.push({ id, phase, file, line: head.line, links });
}

/** Phase 2 is what a rule without a phase is in; a chained rule is in the phase of its head. */
function withDefaults(
  rule: RuleLine,
  head: RuleLine | undefined,
  defaults: ReadonlyMap<number, readonly string[]>,
): RuleLine {
  const phase = head?.actions.phase ?? (rule.actions.phase || 2);
  const before = rule.actions.fresh ? [] : (defaults.get(phase) ?? []);
  const actions: Actions = {
    ...rule.actions,
    phase,
    transformations: [...before, ...rule.actions.transformations],
  };
  return { ...rule, actions };
}

function remove(steps: Step[], which: RuleChoice): void {
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step !== undefined && 'id' in step && isChosen(step, which)) steps.splice(at, 1);
  }
}

function update(steps: Step[], which: RuleChoice, targets: readonly Target[]): void {
  for (const [at, step] of steps.entries()) {
    if (!('id' in step) || !isChosen(step, which)) continue;
    const links = step.links.map((link) =>
      link.targets.length === 0 ? link : { ...link, targets: [...link.targets, ...targets] },
    );
    steps[at] = { ...step, links };
  }
}

function isChosen(chain: Chain, which: RuleChoice): boolean {
  if (which.by === 'id') return which.ranges.some(([from, to]) => chain.id >= from && chain.id <= to);
  const texts = which.by === 'tag' ? chain.links[0]?.actions.tags : [chain.links[0]?.actions.message ?? ''];
  return texts?.some((text) => text.includes(which.pattern)) ?? false;
}
