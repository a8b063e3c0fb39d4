import { timingSafeEqual } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { since } from '../version.ts';
import { aclOf } from './acl.ts';
import { noteDenial } from './denial-log.ts';
import { passwordHash } from './user-rule.ts';

/** Logs the client in; returns the refusal, without the minus, when name or password are wrong. */
export function authenticate(call: Call, name: ByteString, password: ByteString): ByteString | undefined {
  const { world, client, argv } = call;
  const user = aclOf(world).users.get(name);
  const known = user?.enabled === true && (user.noPassword || hasPassword(user.passwords, password));
  if (user !== undefined && known) {
    client.user = user;
    client.authenticated = true;
    return undefined;
  }
  const context = client.queue === undefined ? 'toplevel' : 'multi';
  noteDenial(world, client, { reason: 'auth', context, object: argv[0] ?? '', username: name }, argv);
  return `WRONGPASS invalid username-password pair${since(call, 6.2) ? ' or user is disabled.' : ''}`;
}

function hasPassword(hashes: readonly string[], password: ByteString): boolean {
  const hash = Buffer.from(passwordHash(password));
  return hashes.some((one) => timingSafeEqual(Buffer.from(one), hash));
}
