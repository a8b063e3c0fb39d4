import type { ByteString } from '../model/bytes.ts';
import type { SessionRecorder } from '../model/recorder.ts';
import type { Request, RequestFault } from '../wire/request-decoder.ts';
import type { RequestLimits } from '../wire/request-limits.ts';

/** The listener's side of a connection, as the emulator sees it. */
export interface ClientLink {
  /** Bytes that are not the direct answer of `run`: pub/sub, MONITOR, the late answer of a blocked command. */
  send(bytes: ByteString): void;
  /** The server wants the connection gone (CLIENT KILL, maxclients, shutdown). */
  close(): void;
  /** A blocked client may go on: the listener feeds it the requests that have waited. */
  resume(): void;
  /** Where late evidence of this visit is recorded: what a master sends, what a shell line decodes to. */
  readonly session?: SessionRecorder;
}

/** How a connection stands; one plain object for its life, because it is read several times a request. */
export interface ClientStanding {
  /** The selected database. */
  readonly db: number;
  /** While true no further command may be run: they wait in the listener. */
  readonly blocked: boolean;
  /** True once the last reply has been given (QUIT, a fatal error): write it, then close. */
  readonly closing: boolean;
  /** True when the connection has to end at once, and replies not yet written with it (a web browser's `Host:`). */
  readonly aborted: boolean;
  /** Lower-case name of the last command; undefined when it was none that runs here. */
  readonly lastCommand: string | undefined;
}

/** The emulator's side of a connection. A life: `connect`, any number of turns (`begin`, then `run`), `disconnect`. */
export interface Client {
  /** As CLIENT ID reports it. */
  readonly id: number;
  readonly standing: ClientStanding;
  /** What the request decoder has to allow now; less before authentication (as Redis 6.0 and later do). */
  limits(): RequestLimits;
  /** A turn of requests begins: for them the time stands still. */
  begin(): void;
  /** Milliseconds since then that the commands took, those left out that never take long. */
  spentMs(): number;
  /** Runs one command and returns its whole reply in the client's protocol version; '' when there is none yet. */
  run(request: Request): ByteString;
  /** The reply to bytes that cannot be read on; closes. */
  fault(fault: RequestFault): ByteString;
  /**
   * Says that bytes were read from and written to this connection, and how long the bulk string is that is coming, for
   * the ledger behind INFO and CLIENT LIST.
   */
  account(bytesIn: number, bytesOut: number, announced?: number): void;
  disconnect(): void;
}

export interface ClientOrigin {
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly localPort: number;
}

/** An in-memory Redis. It runs nothing native, opens no connection and touches no file of the host. */
export interface RedisServer {
  /** Undefined when maxclients is reached: send `refusal` and close. */
  connect(origin: ClientOrigin, link: ClientLink): Client | undefined;
  readonly refusal: ByteString;
  /** A setting as CONFIG GET would answer it, undefined when the persona has none of that name. */
  setting(name: string): string | undefined;
  /** What outlives a restart, line by line: to be given to `restore` of the next one. */
  save(): Iterable<string>;
  /** Stops timers. */
  close(): void;
}
