import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { ConversationEnded } from '../audit/ask/conversation-ended.ts';
import { openSocket } from '../audit/ask/open-socket.ts';
import { parseTarget } from '../audit/ask/target.ts';
import type { Persona } from '../emulator/persona.ts';
import { bytesFromBuffer } from '../model/bytes.ts';
import type { Recorder } from '../model/recorder.ts';
import type { Target } from '../recordings/rerun.ts';
import { listenRedis } from '../sensors/redis/sensor.ts';
import { place } from './audit/scope.ts';
import type { Context } from './context.ts';
import { Complaint, Exit } from './exit.ts';

/** What a recording is said to again. */
export interface OpenTarget extends Target {
  readonly name: string;
  close(): Promise<void>;
}

const CONNECT_MS = 10_000;

/** A sensor of this process's own, empty, on loopback: nothing can be harmed, and nothing is recorded. */
export async function freshSensor(persona: Persona, { clock, random, signal }: Context): Promise<OpenTarget> {
  const recorder: Recorder = {
    open: () => ({ session: '', emit: () => undefined }),
    saturated: false,
    drained: async () => undefined,
  };
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'replay',
    persona,
    recorder,
    clock,
    random,
  });
  const socket = connect({ host: '127.0.0.1', port: sensor.port, noDelay: true });
  await once(socket, 'connect');
  return {
    ...speakOver(socket, signal),
    name: `a new sensor (${persona.name})`,
    close: async () => {
      socket.destroy();
      await sensor.close();
    },
  };
}

/** Somebody's server. What attackers sent may wipe it and have it run their programs: it takes plain words to get here. */
export async function givenServer(
  text: string,
  { disposable, consent }: { readonly disposable: boolean; readonly consent: boolean },
  { signal }: Context,
): Promise<OpenTarget> {
  const target = parseTarget(text);
  if ('fault' in target) throw new Complaint(target.fault, 'For a sensor of its own write: --against sensor');
  if (target.user !== undefined || target.password !== undefined || target.db !== undefined) {
    throw new Complaint(
      'A recording logs in and selects databases itself, as the visitor did, or not at all.',
      'Leave user, password and database out of the address.',
    );
  }
  if (!disposable) {
    throw new Complaint(
      `Nothing was sent to ${target.text}. A recording holds what attackers sent: FLUSHALL, CONFIG SET, SLAVEOF and MODULE LOAD would really happen there, and whether a server is a sensor cannot be told from outside.`,
      'Add --disposable when everything on that server and its machine may be lost; or use --against sensor.',
      Exit.scope,
    );
  }
  const at = await place(target.host);
  if ('fault' in at)
    throw new Complaint(`${target.text} has no address (${at.fault}).`, 'Check its spelling.');
  if (!consent && !isLoopback(at.address)) {
    throw new Complaint(
      `${target.text} is not on this machine. Nothing was sent.`,
      'If it is yours to attack, say so with --consent.',
      Exit.scope,
    );
  }
  try {
    // What was checked is what is dialled.
    const { socket } = await openSocket({ ...target, host: at.address }, CONNECT_MS, { signal });
    return {
      ...speakOver(socket, signal),
      name: target.text,
      close: async () => {
        socket.destroy();
      },
    };
  } catch (error) {
    if (error instanceof ConversationEnded)
      throw new Complaint(error.message, 'Nothing was sent.', Exit.partial);
    throw error;
  }
}

function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address) || address === '::1';
}

function speakOver(socket: Socket, signal: AbortSignal): Target {
  let came: string[] = [];
  let gone = false;
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    came.push(bytesFromBuffer(chunk));
    wake?.();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    gone = true;
    wake?.();
  });
  socket.on('end', () => socket.end());
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', stop));
  return {
    send: (bytes) => {
      socket.write(bytes, 'latin1');
    },
    read: async (ms) => {
      if (came.length === 0 && !gone) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = undefined;
      }
      const bytes = came.join('');
      came = [];
      return bytes === '' && gone ? undefined : bytes;
    },
  };
}
