/**
 * What one network may cost all others. A script that runs on makes its own group wait, as it would in a real server; this
 * says for how long, and shortens it for who does so again and again.
 */
export interface ScriptBudget {
  /** Milliseconds that a script of this group may hold the server's thread. */
  heldMs(group: string): number;
  /** Milliseconds that it may run on in its own thread, with its group waiting. */
  longestMs(group: string): number;
  spent(group: string, heldMs: number, waitedMs: number): void;
}

const HELD_MS = 100;
const LONGEST_MS = 15_000;
/** Per window: of the thread's time, and of time in which all wait. */
const HELD_BUDGET_MS = 2_000;
const WAIT_BUDGET_MS = 60_000;
const WINDOW_MS = 600_000;
/** What is always left: enough for the scripts of ordinary clients. */
const LEAST_HELD_MS = 5;
const LEAST_LONGEST_MS = 250;
const MOST_GROUPS = 1_000;

export function createScriptBudget(now: () => number): ScriptBudget {
  const groups = new Map<string, { since: number; held: number; waited: number }>();
  const of = (group: string): { since: number; held: number; waited: number } => {
    const known = groups.get(group);
    if (known !== undefined && now() - known.since < WINDOW_MS) return known;
    const fresh = { since: now(), held: 0, waited: 0 };
    groups.delete(group);
    groups.set(group, fresh);
    const [oldest] = groups.keys();
    if (groups.size > MOST_GROUPS && oldest !== undefined) groups.delete(oldest);
    return fresh;
  };
  return {
    heldMs: (group) => Math.min(HELD_MS, Math.max(LEAST_HELD_MS, HELD_BUDGET_MS - of(group).held)),
    longestMs: (group) => Math.min(LONGEST_MS, Math.max(LEAST_LONGEST_MS, WAIT_BUDGET_MS - of(group).waited)),
    spent: (group, heldMs, waitedMs) => {
      const entry = of(group);
      // Short scripts are what a server is for.
      if (heldMs > 20) entry.held += heldMs;
      entry.waited += waitedMs;
    },
  };
}
