import type { ByteString } from '../../model/bytes.ts';
import { bulk, EMPTY_ARRAY } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { similarity } from './distance.ts';
import type { Filter } from './filter.ts';
import { compileFilter } from './filter.ts';
import { findSet, wrongCount } from './find-set.ts';
import { floatReply } from './float-reply.ts';
import { project } from './project.ts';
import { givenVector, store } from './stored-vector.ts';
import { vectorArgument } from './vector-argument.ts';
import type { VectorElement, VectorSet } from './vector-set.ts';

const LEAST_WORDS = 4;
const DEFAULT_COUNT = 10;
/** Candidates that a filter is tried on, times COUNT. */
const FILTER_EFFORT = 100;
const FILTER_BUDGET = 4_000_000;

interface SearchOptions {
  readonly scores: boolean;
  readonly count: number;
  readonly epsilon: number;
  readonly filter: Filter | undefined;
  readonly effort: number;
  /** TRUTH: what is as near comes in the order it was added, else the other way round. */
  readonly linear: boolean;
}

/** VSIM: exact, where the real server's graph finds almost all. */
export function search(call: Call): ByteString {
  if (call.argv.length < LEAST_WORDS) wrongCount('VSIM');
  const set = findSet(call);
  if (set === undefined) return EMPTY_ARRAY;
  const { parts, next } = query(call, set);
  const options = searchOptions(call, next);
  const found = nearest(set, parts, options);
  if (!options.scores) return boundedArray(found, ({ name }) => bulk(name));
  const pairs = boundedArray(found, ({ name, score }) => bulk(name) + floatReply(call, score));
  const body = pairs.slice(pairs.indexOf('\r\n'));
  return call.client.resp === 3 ? `%${found.length}${body}` : `*${found.length * 2}${body}`;
}

/** The vector that is asked for, in the dimension of the set, and where the options begin. */
function query(call: Call, set: VectorSet): { readonly parts: Float32Array; readonly next: number } {
  if (argument(call, 2).toLowerCase() !== 'ele') {
    const given = vectorArgument(call.argv, 2, false) ?? fail('ERR invalid vector specification');
    return { parts: fitted(set, given.parts), next: given.next };
  }
  const element = set.elements.get(argument(call, 3)) ?? fail('ERR element not found in set');
  return { parts: givenVector(element.vector), next: LEAST_WORDS };
}

/** What has the set's dimension already is not projected. */
function fitted({ dimension, inputDimension }: VectorSet, parts: Float32Array): Float32Array {
  const got = parts.length;
  if (got === dimension) return parts;
  if (inputDimension === 0) fail(`ERR Vector dimension mismatch - got ${got} but set has ${dimension}`);
  if (got !== inputDimension) {
    fail(`ERR Input dimension mismatch for projection - got ${got} but projection expects ${inputDimension}`);
  }
  return project(parts, dimension);
}

function searchOptions(call: Call, from: number): SearchOptions {
  const { argv } = call;
  let [scores, linear, count, epsilon, effort] = [false, false, DEFAULT_COUNT, 2, 0];
  let filter: Filter | undefined;
  for (let at = from; at < argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const value = argv[at + 1];
    if (word === 'withscores') scores = true;
    else if (word === 'truth') linear = true;
    else if (word === 'nothread') continue;
    else if (value === undefined) fail('ERR syntax error in VSIM command');
    else {
      at++;
      if (word === 'count') count = positive(value, 'ERR invalid COUNT');
      else if (word === 'ef') positive(value, 'ERR invalid EF');
      else if (word === 'filter-ef') effort = positive(value, 'ERR invalid FILTER-EF');
      else if (word === 'epsilon') epsilon = positiveNumber(value);
      else if (word === 'filter') filter = compileFilter(value);
      else fail('ERR syntax error in VSIM command');
    }
  }
  return { scores, linear, count, epsilon, filter, effort: effort === 0 ? count * FILTER_EFFORT : effort };
}

function positive(text: ByteString, message: string): number {
  return /^[1-9]\d{0,18}$/.test(text) ? Number(text) : fail(message);
}

function positiveNumber(text: ByteString): number {
  const value = text.length <= 64 && /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : 0;
  return value > 0 ? value : fail('ERR invalid EPSILON');
}

interface Found {
  readonly name: ByteString;
  readonly element: VectorElement;
  readonly score: number;
}

/** So that no search takes long: elements looked at, and products. */
export const MOST_ELEMENTS = 20_000;
export const MOST_PRODUCTS = 10_000_000;

function nearest(set: VectorSet, parts: Float32Array, options: SearchOptions): Found[] {
  const wanted = store(parts, set.quantisation);
  const most = Math.min(MOST_ELEMENTS, Math.ceil(MOST_PRODUCTS / set.dimension));
  const all: Found[] = [];
  for (const [name, element] of set.elements) {
    if (all.length >= most) break;
    all.push({ name, element, score: similarity(wanted, element.vector) });
  }
  if (!options.linear) all.reverse();
  all.sort((one, other) => other.score - one.score);
  const budget = { left: FILTER_BUDGET };
  const { filter, count, effort, epsilon } = options;
  const found: Found[] = [];
  for (const [place, candidate] of all.entries()) {
    if (found.length >= count || 2 * (1 - candidate.score) > epsilon) break;
    if (filter !== undefined) {
      const { attributes } = candidate.element;
      if ((!options.linear && place >= effort) || budget.left <= 0) break;
      if (attributes === undefined || !filter(attributes, budget)) continue;
    }
    found.push(candidate);
  }
  return found;
}
