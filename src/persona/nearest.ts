import type { Persona } from '../emulator/persona.ts';

/** The one whose behaviour is nearest, of the same engine where there is one. */
export function nearestPersona(
  shipped: readonly Persona[],
  engine: Persona['engine'],
  level: number,
): Persona | undefined {
  const distance = (one: Persona): number => Math.abs(one.level - level) + (one.engine === engine ? 0 : 100);
  return shipped.toSorted((one, other) => distance(one) - distance(other))[0];
}
