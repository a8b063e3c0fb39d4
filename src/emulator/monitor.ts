import type { ByteString } from '../model/bytes.ts';
import type { Call } from './command.ts';

/** Shows a command to the clients in MONITOR. Passwords and MONITOR's own kin stay out, as in Redis. */
export function feedMonitors({ world, client, argv, now }: Call): void {
  let line: string | undefined;
  for (const watcher of world.clients.values()) {
    if (!watcher.monitoring || watcher === client) continue;
    if (/^(auth|hello|exec|monitor)$/i.test((argv[0] ?? '').slice(0, 10))) return;
    const at = `${client.origin.address}:${client.origin.port}`;
    line ??= `+${(now / 1_000).toFixed(6)} [${client.db} ${at}] ${argv.map(quoted).join(' ')}\r\n`;
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
