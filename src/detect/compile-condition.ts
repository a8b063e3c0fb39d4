import { bytesFromText } from '../model/bytes.ts';
import type { ActText, Found } from './act-text.ts';
import { layerOf } from './act-text.ts';
import type { Condition } from './condition.ts';
import { criteriaOf, listOf } from './condition.ts';
import { injectionMatcher } from './injection-matcher.ts';
import { miningMatcher } from './mining-matcher.ts';
import type { Matcher, PatternBook } from './patterns.ts';
import { compiled } from './patterns.ts';

/** One value of an act's field. */
export type FieldValue = ActText | number | boolean;

/** Where in the field the condition held; undefined when it does not hold. */
export type Test = (value: FieldValue) => Found | undefined;

type Check = (text: ActText) => Found | undefined;

/** Throws an Error with a reason when an expression is broken or a named pattern does not exist. */
export function compileCondition(condition: Condition, book: PatternBook): Test {
  const { is, prefix, suffix, contains, like, re, over, under, longer, injection, mining, not } =
    criteriaOf(condition);
  const checks: Check[] = [];
  const whole = (holds: (lower: string) => boolean): Check => {
    return (text) => (holds(text.lower) ? { layer: text, at: 0 } : undefined);
  };
  const lowered = (words: string | readonly string[]): string[] =>
    listOf(words).map((word) => bytesFromText(word).toLowerCase());
  if (prefix !== undefined) {
    const words = lowered(prefix);
    checks.push(whole((lower) => words.some((word) => lower.startsWith(word))));
  }
  if (suffix !== undefined) {
    const words = lowered(suffix);
    checks.push(whole((lower) => words.some((word) => lower.endsWith(word))));
  }
  if (longer !== undefined) checks.push(whole((lower) => lower.length > longer));
  if (contains !== undefined) checks.push(inLayers(literal(lowered(contains))));
  for (const name of like === undefined ? [] : listOf(like)) {
    const pattern = book.get(name);
    if (pattern === undefined) throw new Error(`there is no pattern '${name}'`);
    checks.push(inLayers(pattern));
  }
  if (injection !== undefined) checks.push(inLayers(injectionMatcher(injection)));
  if (mining !== undefined) checks.push(inLayers(miningMatcher(mining)));
  if (re !== undefined) checks.push(inLayers(compiled(re)));
  const scalars = is === undefined ? undefined : listOf(is);
  const words = new Set(scalars?.map((scalar) => bytesFromText(String(scalar)).toLowerCase()));
  const negated = not === undefined ? undefined : compileCondition(not, book);

  return (value) => {
    if (negated?.(value) !== undefined) return undefined;
    if (typeof value !== 'object') {
      if (checks.length > 0 || (scalars !== undefined && !scalars.includes(value))) return undefined;
      if (over !== undefined && !(Number(value) > over)) return undefined;
      return under === undefined || Number(value) < under ? NOWHERE : undefined;
    }
    if (over !== undefined || under !== undefined) return undefined;
    if (scalars !== undefined && !words.has(value.lower)) return undefined;
    let found: Found = { layer: value, at: 0 };
    for (const check of checks) {
      const held = check(value);
      if (held === undefined) return undefined;
      if (held.at > 0 || held.layer.text !== value.text) found = held;
    }
    return found;
  };
}

const NOWHERE: Found = { layer: layerOf(''), at: 0 };

function inLayers(matcher: Matcher): Check {
  return (text) => {
    for (const layer of text.layers()) {
      const found = matcher.find(layer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function literal(words: readonly string[]): Matcher {
  return {
    find: (layer) => {
      for (const word of words) {
        const at = layer.lower.indexOf(word);
        if (at >= 0) return { layer, at };
      }
      return undefined;
    },
  };
}
