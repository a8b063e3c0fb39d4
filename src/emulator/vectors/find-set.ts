import type { ByteString } from '../../model/bytes.ts';
import type { Call, Handler } from '../command.ts';
import { argument, fail, valueOf } from '../command.ts';
import type { World } from '../world.ts';
import type { VectorSet } from './vector-set.ts';

export function findSet(call: Call): VectorSet | undefined {
  const set = valueOf(call, argument(call, 1), 'vectorset')?.set;
  if (set !== undefined) set.uid ??= nextUid(call.world);
  return set;
}

/** A command of the module, which counts its own words, the name among them. */
export function counted(name: string, least: number, most: number, run: Handler): Handler {
  return (call) => {
    if (call.argv.length < least || call.argv.length > most) wrongCount(name);
    return run(call);
  };
}

export function wrongCount(name: string): never {
  return fail(`ERR wrong number of arguments for '${name}' command`);
}

export const truth = (call: Call, holds: boolean): ByteString =>
  call.client.resp === 3 ? (holds ? '#t\r\n' : '#f\r\n') : holds ? ':1\r\n' : ':0\r\n';

const made = new WeakMap<World, number>();

/** A number for a new set. */
export function nextUid(world: World): number {
  const uid = made.get(world) ?? 0;
  made.set(world, uid + 1);
  return uid;
}
