import { COMPARISONS, toInteger } from '../operators/numbers.ts';
import type { RuleLine } from '../seclang/rule.ts';
import type { Check } from './compiled.ts';

/** `TX:name "@lt 2"` and `&TX:name "@eq 0"`: undefined for everything else. */
export function counterOf({
  targets,
  operator,
  actions,
}: RuleLine): (Check & { kind: 'counter' }) | undefined {
  const [target] = targets;
  const comparison = COMPARISONS[operator.name];
  if (targets.length !== 1 || target?.collection !== 'TX' || target.select.kind !== 'name') return undefined;
  if (comparison === undefined || actions.transformations.length > 0 || actions.capture) return undefined;
  if (target.mode === 'except' || !/^\d{1,15}$/.test(operator.argument)) return undefined;
  const number = toInteger(operator.argument);
  return {
    kind: 'counter',
    name: target.select.name,
    count: target.mode === 'count',
    holds: (value) => comparison(value, number) !== operator.negated,
  };
}
