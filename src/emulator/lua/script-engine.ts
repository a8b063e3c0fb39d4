import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Request } from '../../wire/request-decoder.ts';
import { errorReply, OK } from '../../wire/resp-reply.ts';
import { serveWaiting } from '../blocking.ts';
import { letGo } from '../let-go.ts';
import { isValkey, since } from '../version.ts';
import type { View } from '../views.ts';
import { enter } from '../views.ts';
import type { ClientState, World } from '../world.ts';
import type { LuaOutcome } from './lua-machine.ts';
import type { Answer, LuaThread } from './lua-thread.ts';
import type { LuaThreads } from './lua-threads.ts';
import { createLuaThreads } from './lua-threads.ts';
import type { Task } from './messages.ts';
import type { ScriptBudget } from './script-budget.ts';
import { createScriptBudget } from './script-budget.ts';
import type { ScriptRun } from './script-call.ts';
import type { ScriptName } from './script-errors.ts';
import { busyReply, killedReply, NOT_BUSY, UNKILLABLE } from './script-errors.ts';

/** What a world has for its scripts. */
interface ScriptEngine {
  readonly threads: LuaThreads;
  readonly budget: ScriptBudget;
  /** The scripts that run on while the server goes on with other things, one of a group at most. */
  readonly running: Map<View, RunningScript>;
  /** Where the heap of the pretended process begins, once a script may have seen it. */
  heap: number | undefined;
  warming: NodeJS.Timeout | undefined;
}

export interface RunningScript {
  readonly script: ScriptName;
  readonly run: ScriptRun;
  readonly body: ByteString;
  readonly thread: LuaThread;
  /** Milliseconds, monotonic. */
  readonly since: number;
  readonly argv: readonly ByteString[];
  /** Clients whose command waits until the script is over. */
  readonly waiting: { readonly client: ClientState; readonly go: () => ByteString }[];
  timer: NodeJS.Timeout | undefined;
  /** When it goes off, those who wait are told that the server is busy. */
  busy: NodeJS.Timeout | undefined;
}

const engines = new WeakMap<World, ScriptEngine>();

function engineOf(world: World): ScriptEngine {
  const known = engines.get(world);
  if (known !== undefined) return known;
  const now = (): number => world.clock.monotonic();
  const valkey = isValkey({ world });
  const engine: ScriptEngine = {
    threads: createLuaThreads(
      {
        level: world.level,
        valkey: valkey ? Number.parseFloat(world.persona.version) : 0,
        version: world.persona.version,
        compatible: world.persona.redisVersion,
        // Debian's packages of 6.0.16 had the flaw until the second build; no version tells the builds apart.
        escapable: !since({ world }, 6.2),
      },
      now,
    ),
    budget: createScriptBudget(now),
    running: new Map(),
    heap: undefined,
    warming: undefined,
  };
  engines.set(world, engine);
  return engine;
}

/** A moment after the first command the thread starts, so that the first script finds it there. */
const WARM_MS = 10;

function warmSoon(world: World): void {
  const engine = engineOf(world);
  engine.warming = setTimeout(() => engine.threads.warm(), WARM_MS).unref();
}

/** The script of the group whose turn it is. */
export function runningScript(world: World): RunningScript | undefined {
  return engines.get(world)?.running.get(world.view);
}

/** Ends the scripts' thread with the server. */
export function closeScripts(world: World): void {
  const engine = engines.get(world);
  for (const running of engine?.running.values() ?? []) {
    clearTimeout(running.timer);
    clearTimeout(running.busy);
  }
  clearTimeout(engine?.warming);
  engine?.threads.end();
  engines.delete(world);
}

export interface ScriptJob {
  readonly run: ScriptRun;
  readonly script: ScriptName;
  readonly body: ByteString;
  readonly task: Task;
  readonly answer: Answer;
  readonly finish: (outcome: LuaOutcome) => ByteString;
}

/** In EXEC, where nobody may wait, a script has at most so long. */
const NESTED_MS = 250;

/**
 * Runs a script and returns its reply. One that is not done soon makes its client wait (''), and all others of its
 * group with it: see `waitForScript`.
 */
export function runScript(job: ScriptJob): ByteString {
  const { call } = job.run;
  const { world, client } = call;
  const engine = engineOf(world);
  const group = client.view.name;
  const thread = engine.threads.take(group);
  openUnseen(world, thread);
  const began = world.clock.monotonic();
  const held = engine.budget.heldMs(group);
  engine.heap ??= 0x7f00_0000_0000 + world.random.below(0x80_0000) * 0x1_0000;
  const task = job.task.kind === 'reset' ? job.task : { ...job.task, heap: engine.heap };
  const outcome = thread.run(task, job.answer, call.nested ? Math.max(held, NESTED_MS) : held);
  const spent = world.clock.monotonic() - began;
  engine.budget.spent(group, spent, 0);
  if (outcome !== undefined || call.nested) {
    if (outcome === undefined) thread.end();
    engine.threads.giveBack(thread);
    return outcome === undefined ? killedReply(world, job.script, job.body) : job.finish(outcome);
  }
  detach(engine, thread, job, began);
  return '';
}

/** Waiting for a thread is nothing that a real server does: the slow log must not have it. */
function openUnseen(world: World, thread: LuaThread): void {
  const began = world.clock.monotonic();
  thread.open();
  world.ticks += world.clock.monotonic() - began;
}

function detach(engine: ScriptEngine, thread: LuaThread, job: ScriptJob, began: number): void {
  const { call } = job.run;
  const { world, client } = call;
  const { view } = client;
  const running: RunningScript = {
    script: job.script,
    run: job.run,
    body: job.body,
    thread,
    since: began,
    argv: call.argv.map(ownedBytes),
    waiting: [],
    timer: setTimeout(() => thread.end(), engine.budget.longestMs(view.name)),
    busy: undefined,
  };
  running.timer?.unref();
  const threshold = busyThreshold(world);
  if (threshold < MOST_THRESHOLD_MS) {
    // A timer can be a little early: asked again, all have to find the time passed.
    running.busy = setTimeout(() => letAllGo(world, running), threshold + 2).unref();
  }
  engine.running.set(view, running);
  engine.threads.warm();
  client.blocked = true;
  const answer: Answer = (words) => {
    enter(world, view);
    return job.answer(words);
  };
  const settle = async (): Promise<void> => {
    const outcome = await thread.rest(answer);
    clearTimeout(running.timer);
    clearTimeout(running.busy);
    engine.running.delete(view);
    engine.threads.giveBack(thread);
    enter(world, view);
    engine.budget.spent(view.name, 0, world.clock.monotonic() - began);
    const reply = outcome === undefined ? killedReply(world, job.script, job.body) : job.finish(outcome);
    letGo(world, client, () => reply);
    enter(world, view);
    if (world.ready.size > 0) serveWaiting(world);
    letAllGo(world, running);
  };
  void settle();
}

/** Those who wait try again. */
function letAllGo(world: World, { waiting }: RunningScript): void {
  for (const { client, go } of waiting.splice(0)) letGo(world, client, go);
}

/** What is still answered while a script runs on: flags of the persona, and what has none before 7.0. */
const ALWAYS = new Set([
  'auth',
  'hello',
  'replconf',
  'multi',
  'discard',
  'watch',
  'unwatch',
  'reset',
  'quit',
]);
const MOST_WAITING = 10_000;
/** No script runs on for so long. */
const MOST_THRESHOLD_MS = 60_000;

/** Milliseconds after which a script makes the server answer that it is busy; 0 and less say never. */
function busyThreshold({ config }: World): number {
  const asked = Number(config.get('busy-reply-threshold') ?? config.get('lua-time-limit') ?? '5000');
  return asked > 0 ? asked : Infinity;
}

/**
 * What a command gets while a script of its group runs on: undefined when there is none, or when the command may run; an error
 * (without the minus) from `busy-reply-threshold` on. Before that the client waits, and the answer is ''; `again` will
 * run the command when the script is over.
 */
export function waitForScript(
  world: World,
  client: ClientState,
  request: Request,
  command: { readonly name: string; readonly flags: readonly string[] } | undefined,
  again: (world: World, client: ClientState, request: Request) => ByteString,
): ByteString | undefined {
  const engine = engines.get(world);
  if (engine === undefined) warmSoon(world);
  const running = engine?.running.get(client.view);
  if (running === undefined || running.run.call.client === client) return undefined;
  const busy = world.clock.monotonic() - running.since >= busyThreshold(world);
  if (busy || running.waiting.length >= MOST_WAITING) {
    if (command !== undefined && mayRunWhileBusy(command, request.argv)) return undefined;
    return busyReply(world, running.script.kind);
  }
  const kept = { ...request, argv: request.argv.map(ownedBytes) };
  running.waiting.push({ client, go: () => again(world, client, kept) });
  client.blocked = true;
  return '';
}

function mayRunWhileBusy(
  { name, flags }: { readonly name: string; readonly flags: readonly string[] },
  argv: readonly ByteString[],
): boolean {
  if (flags.includes('allow_busy') || ALWAYS.has(name)) return true;
  const word = (argv[1] ?? '').toLowerCase();
  return (name === 'script' && word === 'kill') || (name === 'shutdown' && word === 'nosave');
}

/** SCRIPT KILL and FUNCTION KILL. */
export function killScript(world: World, kind: ScriptName['kind']): ByteString {
  const running = runningScript(world);
  if (running === undefined) return errorReply(NOT_BUSY);
  if (running.script.kind !== kind) return errorReply(busyReply(world, running.script.kind));
  if (running.run.wrote) return errorReply(UNKILLABLE);
  running.thread.end();
  return OK;
}
