import type { Probe } from './probe.ts';

/** A probe that evaluates scripts without keys, one after the other. */
export function evaluated(name: string, scripts: readonly string[]): Probe {
  return { name, steps: scripts.map((script) => `EVAL ${quoted(script)} 0`) };
}

/** A word as redis-cli reads it. */
export function quoted(word: string): string {
  return `"${word.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}
