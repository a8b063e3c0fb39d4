import type { Act } from './act.ts';
import type { Peer, Vantage } from './event.ts';

/** What a sensor is handed: attribution is inside, the rest of the system is out of reach. */
export type Emit = (act: Act) => void;

export interface SessionRecorder {
  readonly session: string;
  readonly emit: Emit;
}

/** Who records whom. */
export interface Origin {
  readonly vantage: Vantage;
  readonly sensor: string;
  readonly peer: Peer;
}

/**
 * Where sensors record. A life: `open` once a connection; `emit` any number of times, also after the connection
 * has gone (late work still reports); nothing to close.
 */
export interface Recorder {
  open(origin: Origin): SessionRecorder;
  /** True while more is waiting to be written than the journal wants to hold: stop reading from visitors. */
  readonly saturated: boolean;
  /** Resolves when `saturated` has become false. */
  drained(): Promise<void>;
}

/** A session that somebody else saw: each act comes with its time, whole milliseconds since 1970 UTC. */
export interface PastSession {
  readonly session: string;
  readonly emit: (act: Act, time: number) => void;
}

/** Where what others recorded is written. The order of the journal stays that of writing, whatever the times say. */
export interface PastRecorder extends Omit<Recorder, 'open'> {
  openPast(origin: Origin): PastSession;
}
