import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import { parseInfo } from '../redis/info.ts';
import { textOf } from './answer-values.ts';
import type { Probe } from './check.ts';
import type { Address, Answer, Line } from './line.ts';
import { openLine } from './line.ts';
import { identify } from './server-identity.ts';

export interface Login {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface SessionOptions {
  readonly random: Random;
  readonly clock: Clock;
  /** See `Probe.idled`, milliseconds. */
  readonly idleMs?: number;
  /** How long an answer may take, milliseconds. */
  readonly replyMs?: number | undefined;
  /** Of the keys it makes; random when absent. */
  readonly prefix?: ByteString;
}

/** A probe with what tidies up behind it. */
export interface Session {
  readonly probe: Probe;
  /** The same for one check: it ends with the next one. */
  fresh(): Probe;
  /** Others may have been answered out of step: what is asked from now on goes over a new connection. */
  renew(): void;
  /** Closes what the last check left open and deletes the keys it made. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** A password at hand is no reason not to look at a server that wants none. */
const NO_PASSWORD_SET = /^ERR (AUTH <password> called without any|Client sent AUTH, but no) password/;
const MOST_SAID = 2_000;
const DELETED_AT_ONCE = 500;

/** Rejects with the system's error when the server cannot be reached, and with `LoginRefused`. */
export async function openSession(
  address: Address,
  login: Login,
  { random, clock, idleMs = 0, replyMs, prefix = `${random.hex(6)}:` }: SessionOptions,
): Promise<Session> {
  const keys = new Set<ByteString>();
  const said = new Set<string>();
  const opened = new Set<Line>();
  const overhear = (answer: Answer): void => {
    // What MONITOR tells was said by others.
    if (said.size >= MOST_SAID || (answer.kind === 'simple' && /^\d+\.\d+ \[/.test(answer.text))) return;
    if (answer.kind === 'error' || answer.kind === 'simple') said.add(printable(answer.text, 400));
    if (answer.kind === 'garbage') said.add(answer.text);
  };
  const dial = async (): Promise<Line> => {
    const line = await openLine(address, overhear, replyMs);
    opened.add(line);
    return line;
  };
  const visit = async (): Promise<Line> => {
    const line = await dial();
    if (login.password === undefined) return line;
    const answer = await line.ask('AUTH', ...(login.user === undefined ? [] : [login.user]), login.password);
    if (answer.kind === 'error' && !NO_PASSWORD_SET.test(answer.text)) {
      line.close();
      throw new LoginRefused(printable(answer.text, 200));
    }
    return line;
  };
  const began = clock.monotonic();
  const idle = await dial();
  let shared = await visit();
  opened.clear();
  const sharedLine = async (): Promise<Line> => {
    if (shared.closed) {
      shared = await visit();
      opened.delete(shared);
    }
    return shared;
  };
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const ask = async (...argv: readonly ByteString[]): Promise<Answer> => {
    const answer = await (await sharedLine()).ask(...argv);
    // A late answer would be taken for that of the next question.
    if (answer.kind === 'silence' || answer.kind === 'garbage') shared.close();
    return answer;
  };
  const server = await identify(shared);

  const tidy = async (): Promise<void> => {
    for (const line of opened) line.close();
    opened.clear();
    const made = [...keys];
    keys.clear();
    for (let at = 0; at < made.length; at += DELETED_AT_ONCE) {
      await ask('DEL', ...made.slice(at, at + DELETED_AT_ONCE));
    }
  };
  const probe: Probe = {
    server,
    port: address.port,
    random,
    clock,
    dial,
    visit,
    ask,
    info: async (section) => parseInfo(textOf(await ask('INFO', section)) ?? ''),
    idled: async () => {
      const left = idleMs - (clock.monotonic() - began);
      if (left > 0) await pause(left);
      return idle;
    },
    key: (name) => {
      const key = prefix + name;
      keys.add(key);
      return key;
    },
    said,
    pause,
  };
  let turn = 0;
  /** A check that was given up may still be running: it gets nothing more, or it would disturb the next one. */
  const fresh = (): Probe => {
    turn += 1;
    const mine = turn;
    const inTime = async <T>(work: () => Promise<T>): Promise<T> => {
      if (mine !== turn) throw new Error('the time of this check was over');
      return work();
    };
    return {
      ...probe,
      dial: () => inTime(dial),
      visit: () => inTime(visit),
      ask: (...argv) => inTime(() => ask(...argv)),
      info: (section) => inTime(() => probe.info(section)),
    };
  };
  return {
    probe,
    fresh,
    renew: () => shared.close(),
    tidy,
    close: async () => {
      await tidy();
      idle.close();
      shared.close();
    },
  };
}

export class LoginRefused extends Error {}
