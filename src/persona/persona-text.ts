import type { Persona } from '../emulator/persona.ts';

/** A persona as the text of its file: one setting, section or command a line, so that versions can be compared. */
export function personaText(persona: Persona): string {
  const lines = Object.entries(persona).map(
    ([name, value]) => `${JSON.stringify(name)}: ${valueText(value)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
    return `[\n${value.map((item) => ` ${JSON.stringify(item)}`).join(',\n')}\n]`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, one]) => ` ${JSON.stringify(name)}: ${JSON.stringify(one)}`,
  );
  return `{\n${entries.join(',\n')}\n}`;
}
