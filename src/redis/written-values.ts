import type { Act, Cut, RedisValue } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { cutOf } from './cut-of.ts';

type Kind = RedisValue['kind'];

/** Where the values of a writing command stand, in arguments behind its name. */
interface Shape {
  readonly kind: Kind;
  /** First value; for pairs the first field, or key for MSET. */
  readonly from: number;
  readonly form: 'one' | 'all' | 'fields' | 'keys' | 'scores';
}

const SHAPES: Readonly<Record<string, Shape>> = {
  set: { kind: 'string', from: 1, form: 'one' },
  setnx: { kind: 'string', from: 1, form: 'one' },
  getset: { kind: 'string', from: 1, form: 'one' },
  append: { kind: 'string', from: 1, form: 'one' },
  setex: { kind: 'string', from: 2, form: 'one' },
  psetex: { kind: 'string', from: 2, form: 'one' },
  setrange: { kind: 'string', from: 2, form: 'one' },
  mset: { kind: 'string', from: 0, form: 'keys' },
  msetnx: { kind: 'string', from: 0, form: 'keys' },
  lpush: { kind: 'list', from: 1, form: 'all' },
  rpush: { kind: 'list', from: 1, form: 'all' },
  lpushx: { kind: 'list', from: 1, form: 'all' },
  rpushx: { kind: 'list', from: 1, form: 'all' },
  lset: { kind: 'list', from: 2, form: 'one' },
  linsert: { kind: 'list', from: 3, form: 'one' },
  sadd: { kind: 'set', from: 1, form: 'all' },
  hset: { kind: 'hash', from: 1, form: 'fields' },
  hmset: { kind: 'hash', from: 1, form: 'fields' },
  hsetnx: { kind: 'hash', from: 1, form: 'fields' },
  zadd: { kind: 'zset', from: 1, form: 'scores' },
  xadd: { kind: 'stream', from: 2, form: 'fields' },
  restore: { kind: 'other', from: 2, form: 'one' },
};

/** Bytes of a value that an act keeps: payloads of attacks are small, and the head of a large one tells what it is. */
const KEPT_VALUE = 65_536;
/** Values of one command that become acts. */
const MOST_VALUES = 256;

/** One act a value that a command writes, whichever type of key it goes to. */
export function writtenValues(
  name: string,
  args: readonly ByteString[],
  db: number,
  cut: readonly Cut[],
): Act[] {
  const shape = Object.hasOwn(SHAPES, name) ? SHAPES[name] : undefined;
  if (shape === undefined || args.length <= shape.from) return [];
  return places(shape, args).map(({ key, field, index }) => {
    const value = args[index] ?? '';
    const before = cut.find((one) => one.index === index);
    return {
      type: 'redis.value',
      db,
      key: key.slice(0, 4_096),
      kind: shape.kind,
      ...(field === undefined ? {} : { field: field.slice(0, 4_096) }),
      value: value.slice(0, KEPT_VALUE),
      command: name,
      ...lifetime(name, args),
      ...(before === undefined && value.length <= KEPT_VALUE
        ? {}
        : { cut: [{ ...(before ?? cutOf(-1, value)), index: -1 }] }),
    };
  });
}

interface Place {
  readonly key: ByteString;
  readonly field?: ByteString;
  readonly index: number;
}

/** Options stand before the values of ZADD and XADD. */
function optionsOf({ kind, from }: Shape, args: readonly ByteString[]): number {
  let at = kind === 'stream' ? 1 : from;
  const word = (place: number): string => (args[place] ?? '').slice(0, 16).toLowerCase();
  if (kind === 'zset') {
    while (/^(nx|xx|gt|lt|ch|incr)$/.test(word(at))) at++;
    return at;
  }
  if (kind !== 'stream') return from;
  if (word(at) === 'nomkstream') at++;
  if (word(at) === 'maxlen' || word(at) === 'minid') {
    at += /^[~=]$/.test(word(at + 1)) ? 3 : 2;
    if (word(at) === 'limit') at += 2;
  }
  return at + 1;
}

function places(shape: Shape, args: readonly ByteString[]): Place[] {
  const { form } = shape;
  const from = optionsOf(shape, args);
  const key = args[0] ?? '';
  if (form === 'one') return [{ key, index: from }];
  const found: Place[] = [];
  const step = form === 'all' ? 1 : 2;
  for (let at = from; at < args.length && found.length < MOST_VALUES; at += step) {
    if (form === 'all') found.push({ key, index: at });
    else if (at + 1 >= args.length) break;
    else if (form === 'keys') found.push({ key: args[at] ?? '', index: at + 1 });
    else if (form === 'fields') found.push({ key, field: args[at] ?? '', index: at + 1 });
    else found.push({ key, index: at + 1 });
  }
  return found;
}

/** EX and PX of SET, and the time of SETEX and PSETEX, in milliseconds. */
function lifetime(name: string, args: readonly ByteString[]): { ttl?: number } {
  const option = name === 'set' ? args.findIndex((word, at) => at > 1 && /^(ex|px)$/i.test(word)) : 0;
  if (option < 0 || !['set', 'setex', 'psetex'].includes(name)) return {};
  const seconds = name === 'setex' || (name === 'set' && /^ex$/i.test(args[option] ?? ''));
  const amount = args[option + 1] ?? '';
  return /^\d{1,12}$/.test(amount) ? { ttl: Number(amount) * (seconds ? 1_000 : 1) } : {};
}
