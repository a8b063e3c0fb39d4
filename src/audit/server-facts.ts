import type { ByteString } from '../model/bytes.ts';
import type { AclUser } from './acl-user.ts';
import type { ReadableSetting } from './allowed.ts';
import type { Engine } from './server-version.ts';
import type { AuditTarget } from './target.ts';

export interface LoadedModule {
  readonly name: ByteString;
  /** As MODULE LIST prints it: 20810 is 2.8.10. */
  readonly version: number;
  readonly path: ByteString | undefined;
}

/** What the server says of itself. A part it did not let us see is undefined, never empty. */
export interface ServerFacts {
  readonly target: AuditTarget;
  /** The address the connection went to. */
  readonly address: string;
  readonly openWithoutLogin: boolean;
  readonly certificateFault: string | undefined;
  readonly info: ReadonlyMap<string, ByteString> | undefined;
  readonly engine: Engine | undefined;
  /** Settings it answered; those it does not know are missing. Undefined when CONFIG GET is denied altogether. */
  readonly settings: ReadonlyMap<ReadableSetting, ByteString> | undefined;
  /** The ACL user we are, and all users (Redis 6 and later). */
  readonly user: string | undefined;
  readonly users: readonly AclUser[] | undefined;
  readonly modules: readonly LoadedModule[] | undefined;
  /** Names of function libraries (Redis 7 and later). */
  readonly libraries: readonly ByteString[] | undefined;
  /** Commands that exist under their own name. */
  readonly commands: ReadonlySet<string> | undefined;
  /** Commands the user we are may run, as ACL DRYRUN says (Redis 7 and later). */
  readonly permitted: ReadonlySet<string> | undefined;
  /** What was asked and refused, with the server's words. */
  readonly refused: readonly string[];
}

export function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.|localhost$)/i.test(address);
}
