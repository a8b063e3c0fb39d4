import type { ByteString } from '../model/bytes.ts';
import type { AclUser } from './ask/acl-user.ts';
import type { ReadableSetting } from './ask/allowed.ts';
import type { RuleHit } from './infection/rule-hits.ts';
import type { DumpFile } from './offline/dump-file.ts';
import type { Subject } from './subject.ts';
import type { Engine } from './vulnerable/server-version.ts';

export interface LoadedModule {
  readonly name: ByteString;
  /** As MODULE LIST prints it: 20810 is 2.8.10. */
  readonly version: number;
  readonly path: ByteString | undefined;
  /** Commands it brings, lower case, when they could be listed. */
  readonly commands?: readonly string[];
}

export interface FunctionLibrary {
  readonly name: ByteString;
  /** Absent when it was not asked for or refused; at most 64 KiB. */
  readonly code?: ByteString;
}

/** An entry of SLOWLOG GET. */
export interface SlowCall {
  /** Seconds since 1970 UTC, on the clock of the server. */
  readonly time: number;
  readonly micros: number;
  /** The command and its arguments, as the server cut them (128 bytes, 32 words). */
  readonly argv: readonly ByteString[];
  /** `address:port`, since Redis 4. */
  readonly client: ByteString;
}

/** An entry of ACL LOG. */
export interface DeniedCall {
  readonly count: number;
  /** `auth`, `command`, `key` or `channel`. */
  readonly reason: ByteString;
  readonly object: ByteString;
  readonly user: ByteString;
  readonly ageSeconds: number;
  /** `address:port`. */
  readonly client: ByteString;
}

/** A line of CLIENT LIST. */
export interface ConnectedClient {
  readonly address: ByteString;
  readonly name: ByteString;
  readonly user: ByteString;
  /** The last command, lower case. */
  readonly command: ByteString;
  /** As Redis prints them: `S` a replica, `M` a master, `O` in MONITOR, `P` subscribed. */
  readonly flags: ByteString;
  readonly library: ByteString;
  readonly ageSeconds: number;
  readonly idleSeconds: number;
  /** This is the connection of the audit. */
  readonly self: boolean;
}

/** The certificate and what the handshake agreed on. */
export interface TlsFacts {
  /** `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Why it cannot be verified; undefined when it can. */
  readonly fault: string | undefined;
  /** Absent when the server showed none. All texts are safe to print. */
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly names: readonly string[];
    /** Milliseconds since 1970 UTC. */
    readonly validFrom: number;
    readonly validTo: number;
    /** `RSA`, `EC`, ... with its size in bits. */
    readonly keyType: string;
    readonly keyBits: number;
    readonly selfSigned: boolean;
    /** SHA-256, lower-case hex. */
    readonly fingerprint: string;
  };
}

/** Parts of the facts that can stay hidden, each with a reason of its own. */
export type FactPart =
  | 'info'
  | 'settings'
  | 'users'
  | 'modules'
  | 'libraries'
  | 'code'
  | 'commands'
  | 'permitted'
  | 'slowCalls'
  | 'deniedCalls'
  | 'clients'
  | 'tls'
  | 'otherPorts'
  | 'sentinel';

/** What the server, or its files, say of it. A part that was not visible is undefined, never empty. */
export interface ServerFacts {
  readonly subject: Subject;
  /** The address the connection went to; empty for files. */
  readonly address: string;
  /** It answered before any login; undefined when nobody was asked. */
  readonly openWithoutLogin: boolean | undefined;
  readonly tls: TlsFacts | undefined;
  /** Of a dump: its AUX fields under the names of INFO (`redis_version`, `arch_bits`). */
  readonly info: ReadonlyMap<string, ByteString> | undefined;
  readonly engine: Engine | undefined;
  /** Settings it answered; those it does not know are missing. Undefined when CONFIG GET is denied altogether. */
  readonly settings: ReadonlyMap<ReadableSetting, ByteString> | undefined;
  /** The ACL user we are, and all users (Redis 6 and later). */
  readonly user: string | undefined;
  readonly users: readonly AclUser[] | undefined;
  readonly modules: readonly LoadedModule[] | undefined;
  /** Function libraries (Redis 7 and later). */
  readonly libraries: readonly FunctionLibrary[] | undefined;
  /** Commands that exist under their own name. */
  readonly commands: ReadonlySet<string> | undefined;
  /** Commands the user we are may run, as ACL DRYRUN says (Redis 7 and later). */
  readonly permitted: ReadonlySet<string> | undefined;
  readonly slowCalls: readonly SlowCall[] | undefined;
  readonly deniedCalls: readonly DeniedCall[] | undefined;
  readonly clients: readonly ConnectedClient[] | undefined;
  /** Other doors of the same host that were tried by connecting only: `bus` is port + 10000, `plain` the port without TLS. */
  readonly otherPorts: ReadonlyMap<'bus' | 'plain', boolean> | undefined;
  /** Why a part is undefined: the server's words, or that it was not asked for. */
  readonly hidden: ReadonlyMap<FactPart, string>;
  /** What was asked and refused, with the server's words. */
  readonly refused: readonly string[];
  /** What the operator should know beside; it changes no answer. */
  readonly remarks?: readonly string[];
  /** The files that are judged; undefined for a server. */
  readonly files?: readonly DumpFile[];
  /** What append-only files tell of values that are gone; undefined where none was read. */
  readonly history?: readonly RuleHit[];
}

/** For `unseen`: the part and why it is hidden. */
export function hiddenBecause(facts: ServerFacts, part: FactPart, what: string): string {
  return `${what}: ${facts.hidden.get(part) ?? 'not visible'}`;
}

export function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.|localhost$)/i.test(address);
}
