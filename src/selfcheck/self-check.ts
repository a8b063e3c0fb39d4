import { printableText } from '../model/printable.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Check, Probe, Tell } from './check.ts';
import { checks } from './checks.ts';
import type { Address } from './line.ts';
import type { ServerIdentity } from './server-identity.ts';
import type { Login, Session } from './session.ts';
import { openSession } from './session.ts';

/** A check that found something, with what it found. */
export type FoundTell = Tell & Pick<Check, 'id' | 'title' | 'weight' | 'why' | 'source'>;

export interface SelfCheckReport {
  readonly server: Pick<ServerIdentity, 'engine' | 'version' | 'locked'>;
  /** Ids in the order in which they ran. */
  readonly ran: readonly string[];
  readonly notRun: readonly { readonly id: string; readonly why: string }[];
  readonly tells: readonly FoundTell[];
  /** Milliseconds. */
  readonly ms: number;
}

export interface SelfCheckOptions {
  readonly random: Random;
  readonly clock: Clock;
  /** Also what changes the state of the server for a moment. */
  readonly intrusive?: boolean;
  /** Ids; all when empty. */
  readonly only?: readonly string[];
  /** How long one connection has to say nothing before it is asked again, milliseconds. */
  readonly idleMs?: number;
  /** How long one answer may take, milliseconds. */
  readonly replyMs?: number;
  readonly checkMs?: number;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number, id: string) => void;
}

const CHECK_MS = 20_000;
const DEADLINE_MS = 300_000;

/** Asks all checks, one after the other. Rejects when the server cannot be reached or refuses the login. */
export async function selfCheck(
  address: Address,
  login: Login,
  options: SelfCheckOptions,
): Promise<SelfCheckReport> {
  const { clock, random, idleMs = 0, only = [], checkMs = CHECK_MS, deadlineMs = DEADLINE_MS } = options;
  const began = clock.monotonic();
  const session = await openSession(address, login, { random, clock, idleMs, replyMs: options.replyMs });
  const ran: string[] = [];
  const notRun: { id: string; why: string }[] = [];
  const tells: FoundTell[] = [];
  const asked = only.length === 0 ? checks : checks.filter(({ id }) => only.includes(id));
  try {
    for (const [at, check] of asked.entries()) {
      options.onProgress?.(at, asked.length, check.id);
      const late =
        clock.monotonic() - began > deadlineMs + idleMs ? 'the time for all of them was over' : undefined;
      const stopped = options.signal?.aborted === true ? 'stopped' : undefined;
      const why = stopped ?? late ?? leftOut(check, session.probe, options.intrusive === true);
      if (why !== undefined) {
        notRun.push({ id: check.id, why });
        continue;
      }
      const result = await runOne(check, session, checkMs + idleMs);
      if (typeof result === 'string') notRun.push({ id: check.id, why: result });
      else ran.push(check.id);
      if (typeof result === 'object') {
        const { id, title, weight, why: reason, source } = check;
        tells.push({ id, title, weight, why: reason, source, ...result });
      }
    }
    options.onProgress?.(asked.length, asked.length, '');
  } finally {
    await session.close();
  }
  const { engine, version, locked } = session.probe.server;
  return { server: { engine, version, locked }, ran, notRun, tells, ms: clock.monotonic() - began };
}

function leftOut(check: Check, { server }: Probe, intrusive: boolean): string | undefined {
  if (check.intrusive === true && !intrusive) return 'changes the server: only with --intrusive';
  if (server.locked && check.locked === undefined) return 'the server wants a password';
  if (!server.locked && check.locked === 'only') return 'only for servers that want a password';
  if (check.measured === true && !server.measured) return 'texts of this version were not measured';
  return undefined;
}

/** A tell, nothing, or why it could not be finished. */
async function runOne(check: Check, session: Session, ms: number): Promise<Tell | string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`not finished after ${Math.round(ms / 1_000)} s`), ms);
  });
  let result: Tell | string | undefined = 'it broke off';
  try {
    result = await Promise.race([check.run(session.fresh()), over]);
  } catch (error) {
    result = printableText(error instanceof Error ? error.message : String(error), 200);
  } finally {
    clearTimeout(timer);
  }
  if (result !== undefined) session.renew();
  await session.tidy().catch(() => undefined);
  return result;
}
