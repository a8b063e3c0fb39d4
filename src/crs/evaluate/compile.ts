import type { ByteString } from '../../model/bytes.ts';
import { chainOf } from '../match/chain.ts';
import { Matcher } from '../match/matcher.ts';
import type { FixedOperator } from '../match/operator.ts';
import type { OperatorWorld } from '../operators/fixed.ts';
import { fixedOperator, isKnownOperator } from '../operators/fixed.ts';
import { COMPARISONS } from '../operators/numbers.ts';
import { counterOf } from './counter.ts';
import { compileSetVar } from './set-variable.ts';
import { PatternFault } from '../regex/fault.ts';
import { SecLangFault } from '../seclang/fault.ts';
import { isPlain, parseMacro } from '../seclang/macro.ts';
import type { RuleLine } from '../seclang/rule.ts';
import type { Chain, CrsFault, ParsedSet } from '../seclang/ruleset.ts';
import { TRANSFORMS } from '../transform/transforms.ts';
import { aboutRule } from './about.ts';
import type { Check, CompiledLink, CompiledRule, Phase } from './compiled.ts';
import { compileCtl } from './effects.ts';
import { fresh } from './fresh.ts';
import { targetCompiler } from './targets.ts';

export interface CompiledSet {
  readonly phases: readonly [headers: Phase, body: Phase];
  readonly matcher: Matcher;
  readonly faults: readonly CrsFault[];
  /** Rules that are there, but see less than they should: one sentence each. */
  readonly losses: readonly { readonly rule: number; readonly loss: string }[];
}

/** Makes the rules of phases 1 and 2 ready to run; the matcher still has to be prepared. */
export function compileSet(set: ParsedSet, world: OperatorWorld): CompiledSet {
  const matcher = new Matcher();
  const compileTargets = targetCompiler();
  const faults: CrsFault[] = [];
  const losses: { rule: number; loss: string }[] = [];
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
        rules.push(compileChain(step, matcher, compileTargets, world, losses));
      } catch (error) {
        if (!(error instanceof SecLangFault) && !(error instanceof PatternFault)) throw error;
        faults.push({ file: step.file, line: step.line, message: `rule ${step.id}: ${error.message}` });
      }
    }
    for (const [at, rule] of rules.entries()) {
      if (rule.skipAfter === undefined) continue;
      rule.skipTo = markers.find((marker) => marker.name === rule.skipAfter && marker.at > at)?.at ?? rules.length;
    }
    return rules;
  };
  return { phases: [phaseOf(1), phaseOf(2)], matcher, faults, losses };
}

function compileChain(
  chain: Chain,
  matcher: Matcher,
  compileTargets: ReturnType<typeof targetCompiler>,
  world: OperatorWorld,
  losses: { rule: number; loss: string }[],
): CompiledRule {
  const [head] = chain.links;
  // Everything that can fail comes first: operators that were added to the matcher stay there.
  for (const link of chain.links) checkLink(link);
  const links = chain.links.map((link): CompiledLink => {
    const check = compileCheck(link, matcher, world);
    const operator = check.kind === 'fixed' ? check.operator : undefined;
    if (operator?.kind === 'pattern') {
      for (const loss of operator.pattern.losses) losses.push({ rule: chain.id, loss });
    }
    return {
      targets: link.targets.length === 0 ? undefined : compileTargets(link.targets),
      check,
      capture: link.actions.capture,
      setVars: link.actions.setVars.filter(({ collection }) => collection === 'tx').map(compileSetVar),
      effects: link.actions.ctls.flatMap(compileCtl),
    };
  });
  return {
    id: chain.id,
    links,
    silent: head?.actions.silent ?? true,
    tags: head?.actions.tags ?? [],
    skipTo: undefined,
    skipAfter: head?.actions.skipAfter,
    about: aboutRule(chain),
  };
}

function checkLink({ actions, operator }: RuleLine): void {
  for (const name of actions.transformations) {
    if (!TRANSFORMS.has(name)) throw new SecLangFault(`the transformation ${name} is not known`);
  }
  if (!isKnownOperator(operator.name)) throw new SecLangFault(`the operator ${operator.name} is not supported`);
}

function compileCheck(link: RuleLine, matcher: Matcher, world: OperatorWorld): Check {
  const { operator, actions, targets } = link;
  if (targets.length === 0) return { kind: 'always' };
  const counter = counterOf(link);
  if (counter !== undefined) return counter;
  const names = actions.transformations;
  const argument = parseMacro(operator.argument);
  const make = (text: ByteString): FixedOperator => fixedOperator(operator.name, text, world);
  if (!isPlain(argument) || isShortLived(link)) {
    const { transforms } = chainOf(names);
    return { kind: 'fresh', transforms, argument, make: fresh(operator, make), negated: operator.negated };
  }
  const fixed = make(operator.argument);
  const ends = actions.multiMatch ? [...names.keys(), names.length] : [names.length];
  const places = ends.map((end) => matcher.add(chainOf(names.slice(0, end)), fixed));
  return { kind: 'fixed', operator: fixed, places, negated: operator.negated };
}

/** Counters and scores: a comparison is quicker than a look into what is kept. */
function isShortLived({ targets, operator }: RuleLine): boolean {
  return operator.name in COMPARISONS && targets.every(({ collection, mode }) => collection === 'TX' || mode === 'count');
}
