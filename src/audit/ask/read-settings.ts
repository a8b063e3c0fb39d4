import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { ReadableSetting } from './allowed.ts';
import { READABLE_SETTINGS } from './allowed.ts';
import type { AuditConnection } from './connection.ts';
import { errorOf, itemsOf, textOf } from './reply-values.ts';

const LONGEST_VALUE = 4_096;
const NAMES: ReadonlyMap<string, ReadableSetting> = new Map(READABLE_SETTINGS.map((name) => [name, name]));

/** Settings by name from one answer to CONFIG GET; undefined when it is none. */
export function readSettings(reply: Reply | undefined): Map<ReadableSetting, ByteString> | undefined {
  const items = itemsOf(reply);
  if (items === undefined) return undefined;
  const settings = new Map<ReadableSetting, ByteString>();
  for (let at = 0; at + 1 < items.length && at < 4 * READABLE_SETTINGS.length; at += 2) {
    // A server that answers another name than those asked is not believed.
    const name = NAMES.get(textOf(items[at])?.slice(0, 64).toLowerCase() ?? '');
    const value = textOf(items[at + 1]);
    if (name !== undefined && value !== undefined) settings.set(name, value.slice(0, LONGEST_VALUE));
  }
  return settings;
}

/**
 * What the server answered to many names at once, or, where it takes one name a call (before 7.0, proxies), to each of
 * them. Undefined when CONFIG GET is denied altogether.
 */
export async function allSettings(
  connection: AuditConnection,
  first: Reply | undefined,
): Promise<ReadonlyMap<ReadableSetting, ByteString> | undefined> {
  const atOnce = readSettings(first);
  const settings =
    (atOnce?.size ?? 0) > 1 || isDenied(errorOf(first)) ? atOnce : await oneByOne(connection, atOnce);
  // The name before Redis 5.
  const before = settings?.get('slave-read-only');
  if (settings !== undefined && before !== undefined && !settings.has('replica-read-only'))
    settings.set('replica-read-only', before);
  return settings;
}

async function oneByOne(
  connection: AuditConnection,
  already: Map<ReadableSetting, ByteString> | undefined,
): Promise<Map<ReadableSetting, ByteString> | undefined> {
  const replies = await connection.ask(READABLE_SETTINGS.map((name) => ['CONFIG', 'GET', name]));
  const settings = new Map(already);
  let answered = already !== undefined;
  for (const [at, name] of READABLE_SETTINGS.entries()) {
    const found = readSettings(replies[at]);
    answered ||= found !== undefined;
    const value = found?.get(name);
    if (value !== undefined) settings.set(name, value);
  }
  return answered ? settings : undefined;
}

/** Asking again, word by word, would only be refused again. */
function isDenied(error: string | undefined): boolean {
  return error !== undefined && /^(NOPERM|NOAUTH|ERR unknown command)/.test(error);
}
