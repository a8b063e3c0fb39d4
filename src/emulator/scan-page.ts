import type { ByteString } from '../model/bytes.ts';
import { array, bulk, bulks, EMPTY_ARRAY } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { argument, fail, integerArgument, SYNTAX } from './command.ts';
import { globBudget, globMatches } from './glob.ts';
import { orderOf } from './value-order.ts';
import { isValkey, since } from './version.ts';

export interface ScanOptions {
  readonly count: number;
  readonly pattern: ByteString;
  readonly type: ByteString | undefined;
  readonly noValues: boolean;
}

const CURSOR_BITS = 32;
const TOO_LARGE = 2n ** 64n;

/** The cursor at argument `at`, of which the lower 32 bits count. */
export function scanCursor(call: Call, at: number): number {
  const text = argument(call, at);
  const [, sign, digits = ''] = /^\s*([+-]?)(\d{0,30})$/.exec(text.slice(0, 64)) ?? [];
  const modern = since(call, 7.2);
  const blank = /^\s/.test(text);
  // Up to 7.0 what is empty is nought and blanks are refused; later ones read a number that is not below it.
  const refused = modern
    ? digits === '' || (sign === '-' && /^-[1-9]/.test(text))
    : blank || (digits === '' && text !== '');
  if (sign === undefined || refused || BigInt(digits) >= TOO_LARGE) fail('ERR invalid cursor');
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return Number(BigInt.asUintN(CURSOR_BITS, value));
}

const TYPES = new Set(['string', 'list', 'set', 'zset', 'hash', 'stream', 'module']);

/** The options from argument `at` on. */
export function scanOptions(call: Call, at: number): ScanOptions {
  const command = argument(call, 0).toLowerCase();
  let [pattern, count, type] = ['*', 10, undefined as string | undefined];
  let noValues = false;
  for (let place = at; place < call.argv.length; place += 2) {
    const word = argument(call, place).toLowerCase();
    const more = place + 1 < call.argv.length;
    if (word === 'novalues' && (since(call, 7.4) || isValkey(call))) {
      if (command !== 'hscan') fail('ERR NOVALUES option can only be used in HSCAN');
      noValues = true;
      place--;
    } else if (!more) fail(SYNTAX);
    else if (word === 'match') pattern = argument(call, place + 1);
    else if (word === 'type' && command === 'scan') {
      type = argument(call, place + 1).toLowerCase();
      if (isValkey(call) && !TYPES.has(type)) fail(`ERR unknown type name '${argument(call, place + 1)}'`);
    } else if (word === 'count') {
      count = integerArgument(argument(call, place + 1));
      if (count < 1) fail(SYNTAX);
    } else fail(SYNTAX);
  }
  return { count, pattern, type, noValues };
}

/** A collection as HSCAN, SSCAN and ZSCAN go through it. */
export interface Scanned {
  /** All names, when the form is one of those that come at once, whatever COUNT says. */
  readonly whole: readonly ByteString[] | undefined;
  readonly table: ReadonlyMap<ByteString, unknown> | ReadonlySet<ByteString>;
  /** What is shown of a member, itself included; undefined when it is not there any more. */
  readonly cells: (name: ByteString, noValues: boolean) => readonly ByteString[] | undefined;
}

/** `find` looks the value up: its type counts before the options, a missing key makes them not count at all. */
export function scanPage(call: Call, find: () => Scanned | undefined): ByteString {
  const cursor = scanCursor(call, 2);
  const scanned = find();
  if (scanned === undefined) return array([bulk('0'), EMPTY_ARRAY]);
  const { count, pattern, noValues } = scanOptions(call, 3);
  const { names, next } =
    scanned.whole === undefined
      ? orderOf(call.world, scanned.table).page(cursor, count)
      : { names: scanned.whole, next: 0 };
  const budget = globBudget();
  const found: ByteString[] = [];
  for (const name of names) {
    if (globMatches(pattern, name, budget)) found.push(...(scanned.cells(name, noValues) ?? []));
  }
  return array([bulk(String(next)), bulks(found)]);
}
