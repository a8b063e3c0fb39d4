import type { ByteString } from '../model/bytes.ts';
import type { Call, Command } from './command.ts';
import { redacted } from './redaction.ts';
import { microseconds } from './world.ts';

/** What of a call is shown. */
type Shown = Pick<Call, 'world' | 'client' | 'argv' | 'script'>;

/** EVAL and its kin show themselves before the commands of their script. */
const SHOWN_ANYWAY = /^(eval|evalsha|fcall)(_ro)?$/;

/**
 * Shows a command to the clients in MONITOR. What is secret or administrative stays out, as in Redis. Returns what the
 * client sees of its own command, to be put beside the reply.
 */
export function feedMonitors(call: Shown, command: Command): ByteString {
  const { world, client } = call;
  if (command.unseen && !SHOWN_ANYWAY.test(command.name) && command.name !== 'exec') return '';
  let line: ByteString | undefined;
  let own = '';
  for (const watcher of world.monitors) {
    // Who leaves does not see it any more: from 7.0 on.
    const leaves = command.name === 'quit' && world.level >= 7;
    if (watcher === client && (command.name === 'monitor' || leaves)) continue;
    line ??= lineOf(call, command);
    if (watcher === client && call.script !== true) own = line;
    else watcher.link.send(line);
  }
  return own;
}

function lineOf(call: Shown, command: Command): ByteString {
  const { world, client } = call;
  const { address, port } = client.origin;
  const at =
    call.script === true ? 'lua' : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const quote = QUOTING_NOT.has(world.persona.version) ? bare : quoted;
  const words = redacted(call, command).map(quote);
  return `+${(microseconds(world) / 1e6).toFixed(6)} [${client.db} ${at}] ${words.join(' ')}\r\n`;
}

/** Releases of Valkey that forget to escape quotes and backslashes, seen on 8.1.1. */
const QUOTING_NOT = new Set(['8.1.0', '8.1.1']);
const bare = (text: ByteString): string => quoted(text).replace(/\\(["\\])/g, '$1');

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
