import { Matcher } from '../match/matcher.ts';
import type { OperatorWorld } from '../operators/fixed.ts';
import { PatternFault } from '../regex/fault.ts';
import { SecLangFault } from '../seclang/fault.ts';
import type { Chain, CrsFault, ParsedSet } from '../seclang/ruleset.ts';
import { aboutRule } from './about.ts';
import type { LinkCompiler } from './compile-link.ts';
import { linkCompiler } from './compile-link.ts';
import type { CompiledLink, CompiledRule, Phase } from './compiled.ts';

export interface CompiledSet {
  readonly phases: readonly [headers: Phase, body: Phase];
  readonly matcher: Matcher;
  /** Numbers that were given to pairs of target lists and transformations. */
  readonly slots: number;
  readonly faults: readonly CrsFault[];
  /** Rules that are there, but see less than they should. */
  readonly losses: readonly { readonly rule: number; readonly loss: string }[];
}

/** Makes the rules of phases 1 and 2 ready to run; the matcher still has to be prepared. */
export function compileSet(set: ParsedSet, world: OperatorWorld): CompiledSet {
  const matcher = new Matcher();
  const links = linkCompiler(matcher, world);
  const faults: CrsFault[] = [];
  const phaseOf = (phase: number): Phase => {
    const rules: CompiledRule[] = [];
    /** Markers by name, with the number of rules before them. */
    const markers: { name: string; at: number }[] = [];
    for (const step of set.steps) {
      if ('marker' in step) {
        markers.push({ name: step.marker, at: rules.length });
        continue;
      }
      if (step.phase !== phase) continue;
      try {
        rules.push(compileChain(step, links));
      } catch (error) {
        if (!(error instanceof SecLangFault) && !(error instanceof PatternFault)) throw error;
        faults.push({ file: step.file, line: step.line, message: `rule ${step.id}: ${error.message}` });
      }
    }
    for (const [at, rule] of rules.entries()) {
      if (rule.skipAfter === undefined) continue;
      rule.skipTo =
        markers.find(({ name, at: place }) => name === rule.skipAfter && place > at)?.at ?? rules.length;
    }
    return rules;
  };
  const phases = [phaseOf(1), phaseOf(2)] as const;
  const losses = phases
    .flat()
    .flatMap(({ id, links: parts }) => parts.flatMap(lossesOf).map((loss) => ({ rule: id, loss })));
  return { phases, matcher, slots: links.slots(), faults, losses };
}

function compileChain(chain: Chain, compiler: LinkCompiler): CompiledRule {
  const [head] = chain.links;
  // Everything that can fail comes first: operators that were added to the matcher stay there.
  for (const link of chain.links) compiler.check(link);
  return {
    id: chain.id,
    links: chain.links.map((link) => compiler.compile(link)),
    silent: head?.actions.silent ?? true,
    tags: head?.actions.tags ?? [],
    skipTo: undefined,
    skipAfter: head?.actions.skipAfter,
    about: aboutRule(chain),
  };
}

function lossesOf({ check }: CompiledLink): readonly string[] {
  return check.kind === 'fixed' && check.operator.kind === 'pattern' ? check.operator.pattern.losses : [];
}
