import type { ByteString } from '../../model/bytes.ts';
import { chainOf } from '../match/chain.ts';
import type { Matcher } from '../match/matcher.ts';
import type { FixedOperator } from '../match/operator.ts';
import { literalsOf } from '../match/operator.ts';
import type { OperatorWorld } from '../operators/fixed.ts';
import { fixedOperator, isKnownOperator } from '../operators/fixed.ts';
import { COMPARISONS } from '../operators/numbers.ts';
import { SecLangFault } from '../seclang/fault.ts';
import { isPlain, parseMacro } from '../seclang/macro.ts';
import type { RuleLine } from '../seclang/rule.ts';
import { TRANSFORMS } from '../transform/transforms.ts';
import type { Check, CompiledLink, CompiledTargets } from './compiled.ts';
import { counterOf } from './counter.ts';
import { compileCtl } from './effects.ts';
import { fresh } from './fresh.ts';
import { compileSetVar } from './set-variable.ts';
import { targetCompiler } from './targets.ts';

/** Makes the parts of chains; what they share is kept between calls. Throws SecLangFault or PatternFault. */
export interface LinkCompiler {
  /** Throws when a part of a chain is beyond us; to be asked for all parts before the first is made. */
  check(link: RuleLine): void;
  compile(link: RuleLine): CompiledLink;
  /** How many numbers were given to pairs of target lists and transformations. */
  slots(): number;
}

export function linkCompiler(matcher: Matcher, world: OperatorWorld): LinkCompiler {
  const compileTargets = targetCompiler();
  const slots = new Map<string, number>();

  const slotOf = (list: CompiledTargets, chain: number): number => {
    const key = `${list.number}/${chain}`;
    const slot = slots.get(key) ?? slots.size;
    slots.set(key, slot);
    return slot;
  };

  const checkOf = (link: RuleLine, list: CompiledTargets): Check => {
    const { operator, actions } = link;
    const counter = counterOf(link);
    if (counter !== undefined) return counter;
    const { negated } = operator;
    const names = actions.transformations;
    const argument = parseMacro(operator.argument);
    const make = (text: ByteString): FixedOperator => fixedOperator(operator.name, text, world);
    if (!isPlain(argument) || isShortLived(link)) {
      const { transforms } = chainOf(names);
      return { kind: 'fresh', transforms, argument, make: fresh(operator, make), negated };
    }
    const fixed = make(operator.argument);
    const ends = actions.multiMatch ? [...names.keys(), names.length] : [names.length];
    const places = ends.map((end) => matcher.add(chainOf(names.slice(0, end)), fixed));
    const [only] = places;
    const shared =
      only !== undefined &&
      places.length === 1 &&
      !negated &&
      !list.changing &&
      literalsOf(fixed) !== undefined;
    return {
      kind: 'fixed',
      operator: fixed,
      places,
      negated,
      slot: shared ? slotOf(list, only.chain) : undefined,
    };
  };

  return {
    check: ({ actions, operator }) => {
      const unknown = actions.transformations.find((name) => !TRANSFORMS.has(name));
      if (unknown !== undefined) throw new SecLangFault(`the transformation ${unknown} is not known`);
      if (!isKnownOperator(operator.name))
        throw new SecLangFault(`the operator ${operator.name} is not supported`);
    },
    compile: (link) => {
      const targets = link.targets.length === 0 ? undefined : compileTargets(link.targets);
      return {
        targets,
        check: targets === undefined ? { kind: 'always' } : checkOf(link, targets),
        capture: link.actions.capture,
        setVars: link.actions.setVars.filter(({ collection }) => collection === 'tx').map(compileSetVar),
        effects: link.actions.ctls.flatMap(compileCtl),
      };
    },
    slots: () => slots.size,
  };
}

/** Counters and scores: a comparison is quicker than a look into what is kept. */
function isShortLived({ targets, operator }: RuleLine): boolean {
  return (
    operator.name in COMPARISONS &&
    targets.every(({ collection, mode }) => collection === 'TX' || mode === 'count')
  );
}
