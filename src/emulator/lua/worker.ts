import { workerData } from 'node:worker_threads';
import type { ByteString } from '../../model/bytes.ts';
import { systemClock } from '../../platform/clock.ts';
import type { LuaFlavour, LuaMachine, LuaOutcome } from './lua-machine.ts';
import { createLuaMachine } from './lua-machine.ts';
import type { Mailbox } from './mailbox.ts';
import { mailboxSide } from './mailbox.ts';
import type { Task } from './messages.ts';
import { readTask, writeOutcome } from './messages.ts';

/** The thread that runs Lua. It has the mailbox and nothing else; the server ends it when a script runs on. */
const { mailbox, flavour } = workerData as { mailbox: Mailbox; flavour: LuaFlavour };
const side = mailboxSide(mailbox, 'machine');

/** One for each group of visitors, the one used last at the end; a machine that is gone takes its globals with it. */
const machines = new Map<string, LuaMachine>();
const MOST_MACHINES = 3;

function ask(words: readonly ByteString[]): ByteString {
  if (!side.post(words)) return '-ERR string exceeds maximum allowed size\r\n';
  return side.wait()?.[0] ?? '_\r\n';
}

function start(): LuaMachine {
  const reply = (words: readonly ByteString[]): Buffer => Buffer.from(ask(words), 'latin1');
  return createLuaMachine(flavour, {
    command: (argv, resp) => reply(['command', String(resp), ...argv]),
    allowed: (argv) => reply(['allowed', ...argv]),
    mayReplicate: () => ask(['replicate']) === ':1\r\n',
    shell: (line) => ask(['shell', line]),
    cpuMs: () => systemClock.monotonic(),
    now: () => systemClock.now(),
  });
}

/** Made while nobody waits for it. */
let spare: LuaMachine | undefined = start();

function machineFor(world: string): LuaMachine {
  const machine = machines.get(world) ?? spare ?? start();
  if (machine === spare) spare = undefined;
  machines.delete(world);
  const [oldest] = machines.keys();
  if (machines.size >= MOST_MACHINES && oldest !== undefined) machines.delete(oldest);
  machines.set(world, machine);
  return machine;
}

const OUT_OF_MEMORY: LuaOutcome = {
  failure: { kind: 'failed', type: 'string', text: 'not enough memory', source: '', line: '' },
};

function outcomeOf(task: Task): LuaOutcome {
  if (task.kind === 'reset') {
    machines.delete(task.world);
    return { reply: '', functions: [] };
  }
  try {
    const machine = machineFor(task.world);
    const outcome = machine.run(task);
    if (machine.isFull()) machines.delete(task.world);
    return outcome;
  } catch {
    machines.delete(task.world);
    return OUT_OF_MEMORY;
  }
}

const QUIET_MS = 50;

function nextWords(): readonly ByteString[] {
  const soon = spare === undefined ? side.wait(QUIET_MS) : undefined;
  if (soon !== undefined) return soon;
  spare ??= start();
  return side.wait() ?? [];
}

side.post(['ready']);
for (;;) {
  const outcome = outcomeOf(readTask(nextWords()));
  if (!side.post(writeOutcome(outcome))) side.post(writeOutcome(OUT_OF_MEMORY));
}
