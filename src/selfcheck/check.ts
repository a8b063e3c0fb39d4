import type { ByteString } from '../model/bytes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Answer, Line } from './line.ts';
import type { ServerIdentity } from './server-identity.ts';

/** What a server did that no real one does. Both texts are printable. */
export interface Tell {
  /** What was asked and what came back. */
  readonly saw: string;
  /** What a real server of that version answers. */
  readonly expected: string;
}

/** `definite`: no real server does this. `weak`: a real one may, but it makes people look closer. */
export type Weight = 'definite' | 'weak';

/** One known way to unmask a sensor. */
export interface Check {
  /** P1, E7, C3 as in docs/self-check.md, or the name of the detector that asks this. */
  readonly id: string;
  readonly title: string;
  readonly weight: Weight;
  /** Why it gives a sensor away. */
  readonly why: string;
  /** Who is known to ask this, or where the fact was measured. */
  readonly source: string;
  /** Servers that want a password we have not: `also`, `only`; left out of them otherwise. */
  readonly locked?: 'also' | 'only';
  /** Changes the state of the server, or takes all its connections. */
  readonly intrusive?: true;
  /** Rests on texts that were measured for 6.0 to 8.0 (Valkey to 8.1); left out of other versions. */
  readonly measured?: true;
  readonly run: (probe: Probe) => Promise<Tell | undefined>;
}

/** What a check works with. Lines it leaves open are closed after it, keys it names are deleted at the end. */
export interface Probe {
  readonly server: ServerIdentity;
  /** The port that was dialled. */
  readonly port: number;
  readonly random: Random;
  readonly clock: Clock;
  /** A connection as anybody gets one. */
  readonly dial: () => Promise<Line>;
  /** A connection that is logged in, when there is a password. */
  readonly visit: () => Promise<Line>;
  /** One question on a logged-in connection that all checks share. */
  readonly ask: (...argv: readonly ByteString[]) => Promise<Answer>;
  /** INFO of a section, asked now. */
  readonly info: (section: string) => Promise<ReadonlyMap<string, ByteString>>;
  /** A connection that was opened first of all and has said nothing since; waits until it idled for long enough. */
  readonly idled: () => Promise<Line>;
  /** A key of our own: a random prefix and this name. */
  readonly key: (name: string) => ByteString;
  /** What the server said in error and status lines so far, printable, a bounded number of different ones. */
  readonly said: ReadonlySet<string>;
  readonly pause: (ms: number) => Promise<void>;
}
