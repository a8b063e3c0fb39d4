import type { ByteString } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import { microseconds } from './world.ts';

/** Shows a command to the clients in MONITOR. Passwords and MONITOR's own kin stay out, as in Redis. */
export function feedMonitors({ world, client, argv }: Call, command: Command): void {
  if (command.flags.includes('skip_monitor')) return;
  let line: string | undefined;
  for (const watcher of world.monitors) {
    if (watcher === client && argv.length === 1 && command.name === 'monitor') continue;
    const at = `${client.origin.address}:${client.origin.port}`;
    line ??= `+${(microseconds(world) / 1e6).toFixed(6)} [${client.db} ${at}] ${argv.map(quoted).join(' ')}\r\n`;
    watcher.link.send(line);
  }
}

/** sdscatrepr. */
function quoted(text: ByteString): string {
  const escaped = text.replace(/[^ !#-[\]-~]/g, (character) => {
    const known = KNOWN[character];
    return known ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}"`;
}

const KNOWN: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u0007': '\\a',
  '\b': '\\b',
};
