import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { fail, OUT_OF_MEMORY } from '../command.ts';
import { hangUp } from '../families/client-listing.ts';
import { since } from '../version.ts';
import type { ClientState } from '../world.ts';
import type { Acl } from './acl.ts';
import { aclOf, DEFAULT_USER, defaultUser, ruleContext } from './acl.ts';
import { mayUse } from './permission.ts';
import { hasBlank } from './selector-rule.ts';
import type { User } from './user.ts';
import { copyUser, isFree } from './user.ts';
import { applyUserRule, newUser } from './user-rule.ts';

const MOST_USERS = 128;
/** Names, passwords and patterns of all users together. */
const MOST_BYTES = 262_144;
/** Rules of one command: each is compared with those that are there. */
const MOST_RULES = 2_000;

/** ACL SETUSER: all rules hold, or none when one is wrong. */
export function setUser(call: Call, name: ByteString, words: readonly ByteString[]): void {
  const { world } = call;
  if (hasBlank(name)) fail("ERR Usernames can't contain spaces or null characters");
  const count = words.reduce((total, word) => total + word.split(' ', MOST_RULES).length, 0);
  if (count > MOST_RULES) fail(OUT_OF_MEMORY);
  const acl = aclOf(world);
  const context = ruleContext(world);
  const rules = since(call, 7) ? joined(words) : words;
  const before = acl.users.get(name);
  const user = before === undefined ? newUser(ownedBytes(name), context) : copyUser(before);
  for (const rule of rules) {
    const wrong = applyUserRule(user, rule, context);
    if (wrong !== undefined) fail(`ERR Error in ACL SETUSER modifier '${rule}': ${wrong}`);
  }
  const grown = bytesOf(user) - (before === undefined ? 0 : bytesOf(before));
  if (acl.users.size >= MOST_USERS || (grown > 0 && acl.bytes + grown > MOST_BYTES)) fail(OUT_OF_MEMORY);
  acl.bytes += grown;
  user.free = isFree(user);
  if (before === undefined) {
    acl.users.set(user.name, user);
    return;
  }
  const old = { ...before };
  Object.assign(before, user);
  if (since(call, 6.2)) closeListeners(call, before, old);
}

/** From 7.0 on the words of a selector, from `(` to `)`, are one rule. */
function joined(words: readonly ByteString[]): readonly ByteString[] {
  const rules: ByteString[] = [];
  let open: ByteString[] | undefined;
  for (const word of words) {
    if (open === undefined && (!word.startsWith('(') || word.endsWith(')'))) {
      rules.push(word);
      continue;
    }
    open = [...(open ?? []), word];
    if (!word.endsWith(')')) continue;
    rules.push(open.join(' '));
    open = undefined;
  }
  if (open !== undefined) fail(`ERR Unmatched parenthesis in acl selector starting at '${open[0] ?? ''}'.`);
  return rules;
}

function bytesOf({ name, passwords, selectors }: User): number {
  const patterns = selectors.flatMap(({ keys, channels, rules, firstArguments }) => [
    ...keys.map(({ pattern }) => pattern),
    ...channels,
    ...rules,
    ...[...firstArguments.values()].flat(),
  ]);
  const base = name.length + 256 * selectors.length + 80 * passwords.length;
  return patterns.reduce((total, { length }) => total + length + 32, base);
}

/** Hangs up on those of the user who listen to what it may no longer hear. */
function closeListeners(call: Call, user: User, before: User): void {
  const kept = before.selectors.every(({ channels, everyChannel }) =>
    user.selectors.some(
      (now) =>
        now.everyChannel || (!everyChannel && channels.every((channel) => now.channels.includes(channel))),
    ),
  );
  if (kept) return;
  for (const client of call.world.clients.values()) {
    if (client.user === user && hearsTooMuch(client, user)) hangUp(call, client);
  }
}

function hearsTooMuch(client: ClientState, { selectors }: User): boolean {
  const forbidden =
    (literal: boolean) =>
    (name: ByteString): boolean =>
      !selectors.some((selector) => mayUse(selector, name, literal));
  return (
    [...client.patterns].some(forbidden(true)) ||
    [...client.channels, ...client.shardChannels].some(forbidden(false))
  );
}

/** ACL DELUSER: hangs up on who is logged in as one of them; returns how many there were. */
export function deleteUsers(call: Call, names: readonly ByteString[]): number {
  if (names.includes(DEFAULT_USER)) fail("ERR The 'default' user cannot be removed");
  const acl = aclOf(call.world);
  return names.filter((name) => deleteUser(call, acl, name)).length;
}

function deleteUser(call: Call, acl: Acl, name: ByteString): boolean {
  const user = acl.users.get(name);
  if (user === undefined) return false;
  acl.users.delete(name);
  acl.bytes -= bytesOf(user);
  for (const client of call.world.clients.values()) {
    if (client.user !== user) continue;
    client.user = defaultUser(acl);
    client.authenticated = false;
    hangUp(call, client);
  }
  return true;
}
