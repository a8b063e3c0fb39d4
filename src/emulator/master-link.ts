import type { ByteString } from '../model/bytes.ts';
import type { SessionRecorder } from '../model/recorder.ts';
import type { World } from './world.ts';

/** The third word of ROLE for a replica. */
export type LinkState = 'connect' | 'connecting' | 'handshake' | 'sync' | 'connected';

/** How the link to the master stands: plain figures for ROLE and INFO, moved by whoever dials. Times: ms since 1970. */
export interface MasterLink {
  state: LinkState;
  /** What is read and what is applied of the master's stream. */
  readOffset: number;
  offset: number;
  /** Something last came over a link that was up. */
  lastIo: number | undefined;
  /** The link was up until then. */
  downSince: number | undefined;
  /** While the first copy comes: `total` is -1 before its length is told, 0 when only its end mark is. */
  transfer: { total: number; read: number; lastIo: number } | undefined;
}

/** The master that SLAVEOF named. */
export interface Master {
  readonly host: ByteString;
  readonly port: number;
  readonly since: number;
  readonly link: MasterLink;
  /** Hangs up; called when another master is named, or none. */
  leave: () => void;
}

/** What came from a master in the place of its data. */
export interface ReceivedFile {
  /** Commands that it seems to bring as a module. */
  readonly names: readonly string[];
}

/** The pretended server as the one who dials for it sees it. */
export interface ReplicaSide {
  readonly master: Master;
  /** As in the persona: the Redis it behaves as, and for Valkey its own version. */
  readonly level: number;
  readonly valkey: string | undefined;
  readonly port: number;
  /** Its own replication id. */
  replId(): string;
  setting(name: string): ByteString;
  /** Where dir and dbfilename point now. */
  path(): ByteString;
  /**
   * A copy has come and been written to `path()`. As the real server does, the data go; what the copy holds, when it
   * is an RDB file, takes their place. False when it is none.
   */
  received(file: ReceivedFile, content: Uint8Array | undefined): boolean;
  /** The copy was good: the link is up under this replication id. */
  joined(replId: string, offset: number): void;
}

/** Dials masters for a pretended server. The emulator itself never opens a connection: without one of these nobody does. */
export interface MasterDialler {
  /** A visitor has named a master; returns how to hang up. */
  follow(side: ReplicaSide, session: SessionRecorder | undefined): () => void;
}

export function newLink(): MasterLink {
  return {
    state: 'connect',
    readOffset: 0,
    offset: 0,
    lastIo: undefined,
    downSince: undefined,
    transfer: undefined,
  };
}

/** Redis before 6.2 dials from its timer, once a second. */
export function dialsAtOnce(level: number): boolean {
  return level >= 6.2;
}

/**
 * The state that ROLE tells. With nobody to dial, it is that of a replica behind a firewall which drops what goes out:
 * the dial hangs. A name cannot be looked up there, and on the machine itself nobody listens: no dial gets under way.
 */
export function linkState({ master, dialler, clock, level }: World): LinkState {
  if (master === undefined) return 'connect';
  if (dialler !== undefined) return master.link.state;
  if (!isAddress(master.host) || isLoopback(master.host)) return 'connect';
  // The timer runs at each server's own moment of the second; half a second is as good as any.
  return dialsAtOnce(level) || clock.now() - master.since > 500 ? 'connecting' : 'connect';
}

function isAddress(host: ByteString): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || (host.includes(':') && /^[\da-f:.]{2,45}$/i.test(host));
}

function isLoopback(host: ByteString): boolean {
  return host.startsWith('127.') || host === '::1';
}
