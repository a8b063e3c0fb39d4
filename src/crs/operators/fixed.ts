import type { ByteString } from '../../model/bytes.ts';
import type { FixedOperator } from '../match/operator.ts';
import { compilePattern } from '../regex/pattern.ts';
import { SecLangFault } from '../seclang/fault.ts';
import { addressTest } from './address.ts';
import type { Injection } from './injection.ts';
import { COMPARISONS, toInteger } from './numbers.ts';
import { phrases, phrasesOfFile } from './phrases.ts';
import { TEXT_TESTS } from './text.ts';
import { byteRangeTest, isBrokenUrlEncoding, isNotUtf8 } from './validate.ts';

/** What an operator may need that is not in its argument. */
export interface OperatorWorld {
  /** A file that stands beside the rules; undefined when there is none. */
  data(name: string): ByteString | undefined;
  readonly injection: Injection | undefined;
}

/** An operator with an argument that holds no macro. Throws SecLangFault or PatternFault when it cannot be made. */
export function fixedOperator(name: string, argument: ByteString, world: OperatorWorld): FixedOperator {
  const text = TEXT_TESTS[name];
  if (text !== undefined) return { kind: 'test', test: (value) => text(value, argument) };
  const comparison = COMPARISONS[name];
  if (comparison !== undefined) {
    const number = toInteger(argument);
    return { kind: 'test', test: (value) => comparison(toInteger(value), number) };
  }
  const make = MAKERS[name];
  if (make === undefined) throw new SecLangFault(`the operator ${name} is not supported`);
  return make(argument, world);
}

export function isKnownOperator(name: string): boolean {
  return name in TEXT_TESTS || name in COMPARISONS || name in MAKERS;
}

const never: FixedOperator = { kind: 'test', test: () => false };

const MAKERS: Readonly<Record<string, (argument: ByteString, world: OperatorWorld) => FixedOperator>> = {
  rx: (argument) => ({ kind: 'pattern', pattern: compilePattern(argument) }),
  pm: (argument) => ({ kind: 'present', literals: phrases(argument) }),
  pmf: fromFile,
  pmfromfile: fromFile,
  ipmatch: (argument) => ({ kind: 'test', test: addressTest(argument) }),
  validatebyterange: (argument) => ({ kind: 'test', test: byteRangeTest(argument), costly: true }),
  validateurlencoding: () => ({ kind: 'test', test: isBrokenUrlEncoding, costly: true }),
  validateutf8encoding: () => ({ kind: 'test', test: isNotUtf8, costly: true }),
  unconditionalmatch: () => ({ kind: 'test', test: () => true }),
  nomatch: () => never,
  // Both ask the world: a block list by DNS, a data base of countries.
  rbl: () => never,
  geolookup: () => never,
  detectsqli: (_, { injection }) =>
    injection === undefined
      ? never
      : { kind: 'test', test: (value) => injection.isSqli(value), costly: true },
  detectxss: (_, { injection }) =>
    injection === undefined ? never : { kind: 'test', test: (value) => injection.isXss(value), costly: true },
};

function fromFile(argument: ByteString, world: OperatorWorld): FixedOperator {
  const literals = argument.split(/\s+/).flatMap((name) => {
    const text = world.data(name);
    if (text === undefined) throw new SecLangFault(`the file ${name} is not beside the rules`);
    return phrasesOfFile(text);
  });
  return { kind: 'present', literals };
}
