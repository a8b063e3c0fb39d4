import { isIP } from 'node:net';
import type { Persona } from '../emulator/persona.ts';

/** Where a package installs a server, and what the probes ask for. */
const USUAL_PATHS =
  /^\/(usr\/bin|etc\/(redis|valkey)|var\/(lib|log|run)\/(redis|valkey)|run\/(redis|valkey)|nonexistent)/;
const USUAL_ADDRESSES = new Set(['0.0.0.0', '127.0.0.1', '192.0.2.1']);
const SECRETS = ['requirepass', 'masterauth', 'primaryauth', 'tls-key-file-pass', 'tls-client-key-file-pass'];

/** What in a persona tells of the machine that it was recorded on: addresses, paths, passwords; one line each. */
export function hostTraces(persona: Persona): string[] {
  const texts: [where: string, text: string][] = [
    ...persona.sections.flatMap(({ title, fields }) =>
      fields.map(([name, value]): [string, string] => [`INFO ${title.toLowerCase()}, ${name}`, value]),
    ),
    ...Object.entries(persona.config).map(([name, value]): [string, string] => [`setting ${name}`, value]),
    ...Object.entries(persona.errors).map(([id, said]): [string, string] => [`error ${id}`, said]),
  ];
  const secrets = SECRETS.filter((name) => (persona.config[name] ?? '') !== '');
  return [
    ...secrets.map((name) => `setting ${name} holds a password`),
    ...texts.flatMap(([where, text]) => tracesIn(text).map((trace) => `${where}: ${trace}`)),
  ];
}

function tracesIn(text: string): string[] {
  const words = text.slice(0, 4_096).split(/[\s,;='"[\]()<>]+/);
  return words.filter((word) => {
    if (word.startsWith('/') && word.length > 1) return !USUAL_PATHS.test(word);
    const address = /^\d+\.\d+\.\d+\.\d+$/.exec(word.replace(/:\d+$/, ''))?.[0];
    return address !== undefined && isIP(address) === 4 && !USUAL_ADDRESSES.has(address);
  });
}
