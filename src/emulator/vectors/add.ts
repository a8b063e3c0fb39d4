import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Random } from '../../platform/random.ts';
import type { Call } from '../command.ts';
import { argument, fail, touched } from '../command.ts';
import { findSet, nextUid, truth, wrongCount } from './find-set.ts';
import { project } from './project.ts';
import { store } from './stored-vector.ts';
import type { VectorArgument } from './vector-argument.ts';
import { vectorArgument } from './vector-argument.ts';
import type { Quantisation, VectorSet } from './vector-set.ts';
import { elementBytes } from './vector-set.ts';

const LEAST_WORDS = 5;
const DEFAULT_LINKS = 16;
const SET_BYTES = 500;

interface AddOptions {
  readonly quantisation: Quantisation;
  readonly links: number;
  readonly attributes: ByteString | undefined;
}

/** VADD: the words are judged before the key is looked at. */
export function add(call: Call): ByteString {
  const { argv, db } = call;
  if (argv.length < LEAST_WORDS) wrongCount('VADD');
  const given = vectorArgument(argv, 2, true) ?? fail('ERR invalid vector specification');
  if (given.next >= argv.length) wrongCount('VADD');
  const options = addOptions(call, given.next + 1);
  const key = argument(call, 1);
  const name = ownedBytes(argument(call, given.next));
  const there = findSet(call);
  if (there !== undefined) mustFit(there, given, options);
  const set = there ?? createSet(call, given, options);
  if (there === undefined) db.set(ownedBytes(key), { type: 'vectorset', set });

  const parts = set.inputDimension === 0 ? given.parts : project(given.parts, set.dimension);
  const before = set.elements.get(name);
  const freed = before === undefined ? 0 : elementBytes(set, name, before);
  const { attributes } = options;
  const level = drawLevel(call.world.random);
  set.elements.delete(name);
  const element = {
    id: ++set.lastId,
    vector: store(parts, set.quantisation),
    level,
    attributes: attributes === undefined ? before?.attributes : attributes === '' ? undefined : attributes,
  };
  set.elements.set(name, element);
  set.maxLevel = Math.max(set.maxLevel, level);
  db.changed(key, elementBytes(set, name, element) - freed + (there === undefined ? SET_BYTES : 0));
  touched(call, key);
  return truth(call, before === undefined);
}

function createSet(call: Call, given: VectorArgument, options: AddOptions): VectorSet {
  return {
    uid: nextUid(call.world),
    quantisation: options.quantisation,
    dimension: given.reduce === 0 ? given.parts.length : given.reduce,
    inputDimension: given.reduce === 0 ? 0 : given.parts.length,
    links: options.links,
    elements: new Map(),
    maxLevel: 0,
    lastId: 0,
  };
}

function mustFit(set: VectorSet, { parts, reduce }: VectorArgument, options: AddOptions): void {
  if (options.quantisation !== set.quantisation)
    fail('ERR asked quantization mismatch with existing vector set');
  if (options.links !== set.links) fail('ERR asked M value mismatch with existing vector set');
  const got = parts.length;
  const projected = set.inputDimension !== 0;
  if (projected ? reduce !== set.dimension : got !== set.dimension)
    fail(`ERR Vector dimension mismatch - got ${got} but set has ${set.dimension}`);
  if (reduce !== 0 && !projected) fail('ERR cannot add projection to existing set without projection');
  if (projected && got !== set.inputDimension) {
    fail(
      `ERR Input dimension mismatch for projection - got ${got} but projection expects ${set.inputDimension}`,
    );
  }
}

const FORMS: Readonly<Record<string, Quantisation>> = { q8: 'int8', bin: 'bin', noquant: 'f32' };

function addOptions({ argv }: Call, from: number): AddOptions {
  let quantisation: Quantisation = 'int8';
  let links = DEFAULT_LINKS;
  let attributes: ByteString | undefined;
  for (let at = from; at < argv.length; at++) {
    const word = (argv[at] ?? '').toLowerCase();
    const form = Object.hasOwn(FORMS, word) ? FORMS[word] : undefined;
    const more = at + 1 < argv.length;
    if (form !== undefined) quantisation = form;
    else if (word === 'cas') continue;
    else if (word === 'ef' && more) within(argv[++at], 1, 1_000_000, 'ERR invalid EF');
    else if (word === 'm' && more) links = within(argv[++at], 4, 4_096, 'ERR invalid M');
    else if (word === 'setattr' && more) attributes = ownedBytes(argv[++at] ?? '');
    else fail('ERR invalid option after element');
  }
  return { quantisation, links, attributes };
}

function within(text: ByteString | undefined, least: number, most: number, message: string): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) fail(message);
  const value = Number(text);
  return value < least || value > most ? fail(message) : value;
}

const MOST_LEVELS = 15;

/** One in four goes up, of those one in four again. */
function drawLevel(random: Random): number {
  let level = 0;
  while (level < MOST_LEVELS && random.below(4) === 0) level++;
  return level;
}
