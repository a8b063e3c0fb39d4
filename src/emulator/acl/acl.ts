import type { ByteString } from '../../model/bytes.ts';
import type { World } from '../world.ts';
import { commandIndex } from './command-index.ts';
import type { DenialEntry } from './denial-log.ts';
import type { RuleContext } from './selector-rule.ts';
import type { User } from './user.ts';
import { isFree } from './user.ts';
import { applyUserRule, newUser } from './user-rule.ts';

/** The users of a server, and what they were denied. Each group of visitors has its own. */
export interface Acl {
  readonly users: Map<ByteString, User>;
  /** The latest first. */
  log: DenialEntry[];
  nextEntry: number;
  /** What `requirepass` was when the default user was last brought into line with it. */
  requirepass: ByteString;
  /** What names, passwords and patterns take, bytes. */
  bytes: number;
}

export const DEFAULT_USER = 'default';

export function createAcl(world: World): Acl {
  const acl: Acl = { users: new Map(), log: [], nextEntry: 0, requirepass: '', bytes: 0 };
  const user = newUser(DEFAULT_USER, ruleContext(world));
  acl.users.set(DEFAULT_USER, user);
  freeDefault(world, user);
  return acl;
}

/** The default user as a server without configuration has it. */
function freeDefault(world: World, user: User): void {
  const context = ruleContext(world);
  const rules = ['+@all', '~*', ...(context.level >= 6.2 ? ['&*'] : []), 'on', 'nopass'];
  for (const rule of rules) applyUserRule(user, rule, context);
  user.free = isFree(user);
}

/** The ACL of the group whose turn it is, in line with `requirepass`. */
export function aclOf(world: World): Acl {
  world.acl ??= createAcl(world);
  const password = world.config.get('requirepass') ?? '';
  if (password !== world.acl.requirepass) setDefaultPassword(world.acl, world, password);
  return world.acl;
}

/** What CONFIG SET requirepass does: the default user has this password alone, or with '' needs none. */
function setDefaultPassword(acl: Acl, world: World, password: ByteString): void {
  acl.requirepass = password;
  const user = defaultUser(acl);
  const context = ruleContext(world);
  applyUserRule(user, 'resetpass', context);
  applyUserRule(user, password === '' ? 'nopass' : `>${password}`, context);
}

export function defaultUser({ users }: Acl): User {
  const user = users.get(DEFAULT_USER);
  if (user === undefined) throw new Error('There is always a default user.');
  return user;
}

export function ruleContext(world: World): RuleContext {
  return {
    index: commandIndex(world.baseCommands),
    level: world.level,
    categories: world.persona.categories,
    everyChannel: world.level < 7 || world.config.get('acl-pubsub-default') === 'allchannels',
  };
}

/** True when whoever connects has to log in first. */
export function needsLogin(world: World): boolean {
  const user = defaultUser(aclOf(world));
  return !user.noPassword || !user.enabled;
}

/** True when a visitor has changed the default user so that others are kept out. */
export function isDefaultUserClosed(world: World): boolean {
  const user = defaultUser(aclOf(world));
  const open = (world.persona.config['requirepass'] ?? '') === '';
  if (user.enabled && user.free && user.noPassword === open) return false;
  return true;
}

export function restoreDefaultUser(world: World): void {
  const acl = aclOf(world);
  freeDefault(world, defaultUser(acl));
  setDefaultPassword(acl, world, world.config.get('requirepass') ?? '');
}
