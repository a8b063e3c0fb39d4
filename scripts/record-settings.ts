// What CONFIG SET of a real server takes, found by asking it: every setting gets values that it should refuse, and its
// own words say what it wants.

import type { Redis } from 'ioredis';
import type { SettingKind } from '../src/emulator/persona.ts';

/** Not asked: what locks the asker out, and what the emulator has rules of its own for. */
const UNASKED: Readonly<Record<string, SettingKind>> = {
  dir: 'text',
  dbfilename: 'text',
  requirepass: 'text',
  save: 'text',
  'notify-keyspace-events': 'text',
  'client-query-buffer-limit': { least: 0, most: Number.MAX_SAFE_INTEGER, memory: true },
};
const NO_VALUE = '!';
const LEAST = '-9223372036854775808';
const MOST = '9223372036854775807';

export async function recordSettings(
  client: Redis,
  config: readonly (readonly [name: string, value: string])[],
): Promise<(readonly [string, SettingKind])[]> {
  const kinds: (readonly [string, SettingKind])[] = [];
  for (const [name, value] of config) {
    kinds.push([name, UNASKED[name] ?? (await kindOf(client, name))]);
    await tried(client, name, value);
  }
  return kinds;
}

async function kindOf(client: Redis, name: string): Promise<SettingKind> {
  const said = await tried(client, name, NO_VALUE);
  if (said.includes('Unsupported CONFIG parameter')) return 'fixed';
  if (said.includes("must be 'yes' or 'no'")) return 'flag';
  const choices = /one of the following: (.*)$/.exec(said)?.[1];
  if (choices !== undefined) return { choices: choices.split(', ') };
  const memory = said.includes('must be a memory value');
  if (!memory && !said.includes("couldn't be parsed into an integer")) return 'text';
  const bounds: number[] = [];
  for (const far of [memory ? '0' : LEAST, MOST]) {
    const answer = await tried(client, name, far);
    const found = /between (-?\d+) and (-?\d+) inclusive/.exec(answer);
    if (found !== null) bounds.push(Number(found[1]), Number(found[2]));
    else if (answer === 'OK') bounds.push(Number(far));
  }
  return { least: within(Math.min(...bounds)), most: within(Math.max(...bounds)), memory };
}

/** 64-bit bounds do not fit a number; none of the settings comes near. */
function within(bound: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, bound));
}

async function tried(client: Redis, name: string, value: string): Promise<string> {
  try {
    return String(await client.config('SET', name, value));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
