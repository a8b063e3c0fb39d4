import type { ByteString } from '../../model/bytes.ts';
import type { Matcher } from '../match/matcher.ts';
import type { FixedOperator } from '../match/operator.ts';
import { toInteger } from '../operators/numbers.ts';
import type { CrsRequest } from '../request/request.ts';
import type { CompiledSet } from './compile.ts';
import type { Check, CompiledLink, CompiledRule, CompiledTargets, Phase, RuleAbout } from './compiled.ts';
import { setVariable } from './set-variable.ts';
import type { Candidates, Found, Matched } from './transaction.ts';
import { Transaction } from './transaction.ts';

/** A rule that held, and the value that it held on. */
export interface Hit {
  readonly about: RuleAbout;
  /** Name of the variable, such as `ARGS:id`. */
  readonly variable: ByteString;
  /** As it was sent, or as the transport decoded it. */
  readonly value: ByteString;
}

/** Runs the rules of phases 1 and 2 over a request. Silent rules do their work and are not told. */
export function runRules({ phases, matcher }: CompiledSet, request: CrsRequest): Hit[] {
  const transaction = new Transaction(request);
  const hits: Hit[] = [];
  runPhase(phases[0], transaction, matcher, hits);
  if (transaction.engineOff) return hits;
  transaction.readBody();
  runPhase(phases[1], transaction, matcher, hits);
  return hits;
}

function runPhase(phase: Phase, transaction: Transaction, matcher: Matcher, hits: Hit[]): void {
  for (let at = 0; at < phase.length && !transaction.engineOff; ) {
    const rule = phase[at];
    at += 1;
    if (rule === undefined || (transaction.hasRemovals && transaction.isRemoved(rule))) continue;
    const held = runRule(rule, transaction, matcher);
    if (held === undefined) continue;
    if (!rule.silent) hits.push(held);
    if (rule.skipTo !== undefined) at = rule.skipTo;
  }
}

function runRule(rule: CompiledRule, transaction: Transaction, matcher: Matcher): Hit | undefined {
  let telling: Matched | undefined;
  let started = false;
  for (const link of rule.links) {
    const matches = runLink(link, rule, transaction, matcher, !started);
    if (matches === undefined) {
      if (started) transaction.forgetMatched();
      return undefined;
    }
    started = true;
    // What a visitor sent says more than a counter or a score that a later rule of the chain looked at.
    const last = matches.findLast(({ found }) => isFromRequest(found)) ?? matches.at(-1);
    if (last !== undefined && (telling === undefined || isFromRequest(last.found))) telling = last;
  }
  for (const { effects } of rule.links) for (const effect of effects) transaction.apply(effect);
  return { about: rule.about, variable: telling?.name ?? '', value: telling?.found.item.value ?? '' };
}

/** Gates stand before and within every file, and hardly ever hold: they are asked without a list of values. */
function counts({ name, count, holds }: Check & { kind: 'counter' }, transaction: Transaction): boolean {
  const found = transaction.item(name);
  if (count) return holds(found === undefined ? 0 : 1);
  return found !== undefined && holds(toInteger(found.value));
}

function isFromRequest({ collection }: Found): boolean {
  return collection[0] !== '&' && collection !== 'TX' && !collection.startsWith('MATCHED_');
}

const NOTHING: readonly Matched[] = [];

/** The values that one rule of a chain holds on; undefined when there is none. */
function runLink(
  link: CompiledLink,
  rule: CompiledRule,
  transaction: Transaction,
  matcher: Matcher,
  isHead: boolean,
): readonly Matched[] | undefined {
  if (link.targets === undefined) {
    if (isHead) transaction.forgetMatched();
    for (const change of link.setVars) setVariable(change, transaction);
    return NOTHING;
  }
  if (link.check.kind === 'counter' && !counts(link.check, transaction)) return undefined;
  let matches: Matched[] | undefined;
  for (const found of worthAsking(link, link.targets, rule, transaction, matcher)) {
    const match = matchOf(link, found, transaction, matcher);
    if (match === undefined) continue;
    // Rules before this chain have nothing to say in it.
    if (isHead && matches === undefined) transaction.forgetMatched();
    matches ??= [];
    matches.push(match);
    transaction.matched(match);
    for (const change of link.setVars) setVariable(change, transaction);
  }
  return matches;
}

/**
 * The values of a link's targets on which it may hold. For most rules there are none: which operators a value leaves open
 * is found once for all of them, and here only looked up.
 */
function worthAsking(
  { check }: CompiledLink,
  targets: CompiledTargets,
  rule: CompiledRule,
  transaction: Transaction,
  matcher: Matcher,
): readonly Found[] {
  if (check.kind !== 'fixed' || check.slot === undefined || transaction.hasRemovals) {
    return transaction.list(targets, rule);
  }
  const { chain, index } = check.places[0] ?? { chain: 0, index: 0 };
  const { operators, found } = transaction.candidates(check.slot, () =>
    candidatesOf(transaction.list(targets, rule), chain, matcher),
  );
  let chosen: Found[] | undefined;
  for (let at = operators.indexOf(index); at >= 0; at = operators.indexOf(index, at + 1)) {
    const one = found[at];
    if (one !== undefined) (chosen ??= []).push(one);
  }
  return chosen ?? NO_VALUES;
}

const NO_VALUES: readonly Found[] = [];

function candidatesOf(list: readonly Found[], chain: number, matcher: Matcher): Candidates {
  const operators: number[] = [];
  const found: Found[] = [];
  for (const one of list) {
    const { item } = one;
    const profile = (item.profile ??= matcher.profile(item.value));
    for (const operator of matcher.judged(profile, chain).present) {
      operators.push(operator);
      found.push(one);
    }
  }
  return { operators, found };
}

function matchOf(
  { check, capture }: CompiledLink,
  found: Found,
  transaction: Transaction,
  matcher: Matcher,
): Matched | undefined {
  const { item } = found;
  if (check.kind === 'always' || check.kind === 'counter') return matched(found, item.value);
  if (check.kind === 'fixed') {
    const profile = (item.profile ??= matcher.profile(item.value));
    let before: ByteString | undefined;
    for (const place of check.places) {
      const judged = matcher.judged(profile, place.chain);
      if (judged.value === before) continue;
      before = judged.value;
      if (matcher.holds(judged, place) === check.negated) continue;
      if (capture && !check.negated) keepCaptures(check.operator, judged.value, transaction);
      return matched(found, judged.value);
    }
    return undefined;
  }
  let { value } = item;
  for (const transform of check.transforms) value = transform(value);
  const operator = check.make(transaction.expand(check.argument));
  if (holdsFresh(operator, value) === check.negated) return undefined;
  if (capture && !check.negated) keepCaptures(operator, value, transaction);
  return matched(found, value);
}

function holdsFresh(operator: FixedOperator, value: ByteString): boolean {
  switch (operator.kind) {
    case 'test':
      return operator.test(value);
    case 'present': {
      const lower = value.toLowerCase();
      return operator.literals.some((literal) => lower.includes(literal));
    }
    case 'pattern':
      return value.length <= operator.pattern.shortest
        ? operator.pattern.testShort(value)
        : operator.pattern.testLong(value);
  }
}

function matched(found: Found, value: ByteString): Matched {
  const { collection, item } = found;
  return { name: item.key === '' ? collection : `${collection}:${item.key}`, value, found };
}

/** TX:0 is what matched, TX:1 to TX:9 its groups. */
function keepCaptures(operator: FixedOperator, value: ByteString, transaction: Transaction): void {
  if (operator.kind !== 'pattern') {
    transaction.setVariable('0', value);
    return;
  }
  const groups = operator.pattern.groups(value);
  for (const [group, text] of groups.slice(0, 10).entries())
    transaction.setVariable(String(group), text ?? '');
}
