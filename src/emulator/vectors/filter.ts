import type { ByteString } from '../../model/bytes.ts';
import { fail } from '../command.ts';
import type { FilterToken, FilterValue, Operator } from './filter-token.ts';
import { filterTokens } from './filter-token.ts';
import { jsonMember } from './json-member.ts';

/** What may be spent on the filtering of one search: steps and bytes of attributes. */
export interface FilterBudget {
  left: number;
}

/** True for attributes that the expression holds for; a member that is not there makes it not hold. */
export type Filter = (attributes: ByteString, budget: FilterBudget) => boolean;

const BINDING: Readonly<Record<Operator, number>> = {
  '(': 7,
  ')': 7,
  not: 6,
  '**': 5,
  '*': 4,
  '/': 4,
  '%': 4,
  '+': 3,
  '-': 3,
  '>': 2,
  '>=': 2,
  '<': 2,
  '<=': 2,
  '==': 2,
  '!=': 2,
  in: 2,
  and: 1,
  or: 0,
};

/** An expression of VSIM's FILTER, or its error. */
export function compileFilter(given: ByteString): Filter {
  const [text = ''] = given.split('\0', 1);
  const tokens = filterTokens(text);
  if ('faultAt' in tokens) fail(faultText(text.slice(tokens.faultAt) || text));
  const steps = inStackOrder(tokens) ?? fail(faultText(text));
  return (attributes, budget) => {
    budget.left -= steps.length;
    const result = run(steps, attributes, budget);
    return result !== undefined && holds(result);
  };
}

const faultText = (near: ByteString): string => `ERR syntax error in FILTER expression near: ${near}`;

/** Operands before their operator (Dijkstra's shunting yard); undefined when something is missing or left over. */
function inStackOrder(tokens: readonly FilterToken[]): readonly FilterToken[] | undefined {
  const steps: FilterToken[] = [];
  const waiting: Operator[] = [];
  let depth = 0;
  const emit = (operator: Operator | undefined): boolean => {
    if (operator === undefined || operator === '(') return false;
    const operands = operator === 'not' ? 1 : 2;
    if (depth < operands) return false;
    depth -= operands - 1;
    steps.push({ kind: 'operator', operator });
    return true;
  };
  for (const token of tokens) {
    if (token.kind === 'null') return undefined;
    if (token.kind !== 'operator') {
      steps.push(token);
      depth++;
    } else if (token.operator === '(') waiting.push('(');
    else if (token.operator === ')') {
      while (waiting.at(-1) !== '(') if (!emit(waiting.pop())) return undefined;
      waiting.pop();
    } else {
      for (let top = waiting.at(-1); top !== undefined && top !== '('; top = waiting.at(-1)) {
        const equal = BINDING[top] === BINDING[token.operator] && token.operator !== '**';
        if (BINDING[top] < BINDING[token.operator] || (!equal && BINDING[top] === BINDING[token.operator]))
          break;
        if (!emit(waiting.pop())) return undefined;
      }
      waiting.push(token.operator);
    }
  }
  while (waiting.length > 0) if (!emit(waiting.pop())) return undefined;
  return depth === 1 ? steps : undefined;
}

function run(
  steps: readonly FilterToken[],
  attributes: ByteString,
  budget: FilterBudget,
): FilterValue | undefined {
  const stack: FilterValue[] = [];
  for (const step of steps) {
    switch (step.kind) {
      case 'null':
        return undefined;
      case 'value':
        stack.push(step.value);
        break;
      case 'field': {
        budget.left -= attributes.length;
        const value = budget.left < 0 ? undefined : jsonMember(attributes, step.name);
        if (value === undefined) return undefined;
        stack.push(value);
        break;
      }
      case 'operator': {
        const right = stack.pop() ?? null;
        if (step.operator === 'not') stack.push(holds(right) ? 0 : 1);
        else stack.push(apply(step.operator, stack.pop() ?? null, right, budget));
      }
    }
  }
  return stack.pop();
}

function apply(operator: Operator, left: FilterValue, right: FilterValue, budget: FilterBudget): number {
  const [one, other] = [numberOf(left), numberOf(right)];
  switch (operator) {
    case '**':
      return one ** other;
    case '*':
      return one * other;
    case '/':
      return one / other;
    case '%':
      return one % other;
    case '+':
      return one + other;
    case '-':
      return one - other;
    case '>':
      return Number(one > other);
    case '>=':
      return Number(one >= other);
    case '<':
      return Number(one < other);
    case '<=':
      return Number(one <= other);
    case '==':
      return Number(equals(left, right));
    case '!=':
      return Number(!equals(left, right));
    case 'in':
      if (!Array.isArray(right)) return 0;
      budget.left -= right.length;
      return Number(right.some((item) => equals(left, item)));
    case 'and':
      return Number(holds(left) && holds(right));
    case 'or':
      return Number(holds(left) || holds(right));
    case '(':
    case ')':
    case 'not':
      return 0;
  }
}

const isText = (value: FilterValue): value is ByteString => typeof value === 'string';

function equals(left: FilterValue, right: FilterValue): boolean {
  if (isText(left) && isText(right)) return left === right;
  if (left === null || right === null) return left === right;
  return numberOf(left) === numberOf(right);
}

function holds(value: FilterValue): boolean {
  if (value === null) return false;
  return isText(value) ? value !== '' : value !== 0;
}

/** A text counts as the number that the whole of it is, else as 0; a list as 0. */
function numberOf(value: FilterValue): number {
  if (typeof value === 'number') return value;
  if (!isText(value) || value.length > 256) return 0;
  const number = /\s$/.test(value) ? 0 : Number(value);
  return Number.isNaN(number) ? 0 : number;
}
