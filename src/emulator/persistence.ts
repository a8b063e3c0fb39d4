import type { World } from './world.ts';

/** Work of a pretended child process. */
interface Child {
  /** Milliseconds since 1970 UTC. */
  readonly from: number;
  readonly until: number;
  /** Changes that it writes down. */
  readonly dirty: number;
}

/** What BGSAVE and BGREWRITEAOF have done and are doing. No file is written. */
export interface Persistence {
  saving: Child | undefined;
  rewriting: Child | undefined;
  saveScheduled: boolean;
  /** When a save by the `save` rules was first seen to be due, ms since 1970 UTC. */
  dueSince: number | undefined;
  rewriteScheduled: boolean;
  /** Whole seconds that the last ones took; -1 when there was none. */
  lastSaveTook: number;
  lastRewriteTook: number;
  rewrites: number;
  /** Bytes that had to be copied meanwhile. */
  saveCopied: number;
  rewriteCopied: number;
}

export function createPersistence(): Persistence {
  return {
    saving: undefined,
    rewriting: undefined,
    saveScheduled: false,
    dueSince: undefined,
    rewriteScheduled: false,
    lastSaveTook: -1,
    lastRewriteTook: -1,
    rewrites: 0,
    saveCopied: 0,
    rewriteCopied: 0,
  };
}

/** A child writes about 100 MB a second, and needs some milliseconds to begin. */
const BYTES_PER_MS = 100_000;
const LEAST_MS = 12;
const PAGE = 4_096;

function fork(world: World, now: number): Child {
  const { statistics, memory, random } = world;
  statistics.forks++;
  statistics.forkUsec = 180 + random.below(320) + Math.trunc(memory.bytes / 200_000);
  const took = LEAST_MS + random.below(30) + Math.trunc(memory.bytes / BYTES_PER_MS);
  return { from: now, until: now + took, dirty: world.dirty };
}

export function startSaving(world: World, now: number): void {
  world.persistence.saving = fork(world, now);
  world.persistence.saveScheduled = false;
}

export function startRewriting(world: World, now: number): void {
  world.persistence.rewriting = fork(world, now);
  world.persistence.rewriteScheduled = false;
}

/** What a SAVE has written down by now. */
export function saved(world: World, at: number, dirty: number): void {
  world.lastSave = Math.trunc(at / 1_000);
  world.dirty -= dirty;
  world.statistics.saves++;
}

/** Ends what is over by now, and starts what was to be started then: a scheduled child, a save by the `save` rules. */
export function settlePersistence(world: World, now: number): void {
  const { persistence, random } = world;
  const { saving, rewriting } = persistence;
  if (saving !== undefined && saving.until <= now) {
    persistence.saving = undefined;
    persistence.lastSaveTook = Math.trunc((saving.until - saving.from) / 1_000);
    persistence.saveCopied = (60 + random.below(60)) * PAGE;
    saved(world, saving.until, saving.dirty);
  }
  if (rewriting !== undefined && rewriting.until <= now) {
    persistence.rewriting = undefined;
    persistence.rewrites++;
    persistence.lastRewriteTook = Math.trunc((rewriting.until - rewriting.from) / 1_000);
    persistence.rewriteCopied = (60 + random.below(60)) * PAGE;
  }
  if (persistence.saving !== undefined || persistence.rewriting !== undefined) return;
  if (persistence.rewriteScheduled) startRewriting(world, now);
  else if (persistence.saveScheduled) startSaving(world, now);
  else saveWhenDue(world, now);
}

/** The server looks at its `save` rules ten times a second, so a save that has been due for longer is done. */
const TICK_MS = 100;

function saveWhenDue(world: World, now: number): void {
  const { persistence } = world;
  const due = persistence.dueSince;
  persistence.dueSince = isSaveDue(world, now) ? (due ?? now) : undefined;
  if (due === undefined || persistence.dueSince === undefined || now - due < TICK_MS) return;
  const child = fork(world, due + TICK_MS);
  persistence.dueSince = undefined;
  persistence.lastSaveTook = 0;
  persistence.saveCopied = (60 + world.random.below(60)) * PAGE;
  saved(world, child.from, child.dirty);
}

function isSaveDue(world: World, now: number): boolean {
  const rules = (world.config.get('save') ?? '').split(' ').map(Number);
  const age = now / 1_000 - world.lastSave;
  return rules.some(
    (seconds, at) => at % 2 === 0 && age > seconds && world.dirty >= (rules[at + 1] ?? Infinity),
  );
}
