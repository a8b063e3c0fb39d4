import { integer, OK } from '../../wire/resp-reply.ts';
import type { Family } from '../command.ts';
import { argument, exactInteger, fail, no, yes } from '../command.ts';
import { add, addFloat, subtract } from '../strings/count.ts';
import { lcs, stralgo } from '../strings/lcs.ts';
import { lengthOf } from '../strings/long-string.ts';
import { append, getRange, setRange } from '../strings/range.ts';
import {
  get,
  getAndDelete,
  getAndExpire,
  getAndSet,
  getMany,
  oddWords,
  set,
  setFor,
  setIfNew,
  setMany,
} from '../strings/set.ts';
import { stringOf } from '../strings/store.ts';

export const strings: Family = {
  append,
  decr: (call) => add(call, -1n),
  decrby: subtract,
  get,
  getdel: getAndDelete,
  getex: getAndExpire,
  getrange: getRange,
  getset: getAndSet,
  incr: (call) => add(call, 1n),
  incrby: (call) => add(call, exactInteger(argument(call, 2))),
  incrbyfloat: addFloat,
  lcs,
  mget: getMany,
  mset: (call) => {
    const odd = oddWords(call, 'mset');
    if (odd !== undefined) fail(odd);
    setMany(call);
    return OK;
  },
  msetnx: (call) => {
    const odd = oddWords(call, 'msetnx');
    if (odd !== undefined) fail(odd);
    const keys = call.argv.filter((_, at) => at % 2 === 1);
    if (keys.some((key) => call.db.get(key, call.now) !== undefined)) return no;
    setMany(call);
    return yes;
  },
  psetex: (call) => setFor(call, 'px', 'psetex'),
  set,
  setex: (call) => setFor(call, 'ex', 'setex'),
  setnx: setIfNew,
  setrange: setRange,
  stralgo,
  strlen: (call) => integer(lengthOf(stringOf(call, argument(call, 1)))),
  substr: getRange,
};
