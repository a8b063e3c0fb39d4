import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { Act } from '../../src/model/act.ts';
import type { Recorder } from '../../src/model/recorder.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { listenSmb } from '../../src/sensors/smb/sensor.ts';
import { SHAPES } from '../smb/messages.ts';
import { lastSmbFrame, nextSmbFrame } from './smb-frames.ts';

export interface SmbFuzzResult {
  readonly messages: number;
  readonly connections: number;
  /** Commands that the sensor has taken: a message can hold several. */
  readonly commands: number;
  readonly acts: number;
  readonly replyBytes: number;
  /** What must not be. */
  readonly faults: readonly string[];
  /** Bytes of the heap that were in use. */
  readonly heapBefore: number;
  readonly mostHeap: number;
  readonly heapAfter: number;
}

const GUESTS = 32;
/** Messages that one guest sends at once. */
const BATCH = 50;
/** In how many batches a guest goes. */
const PATIENCE = 20;
const LOOK_EVERY = 100_000;
/** Each so many acts one is checked against its schema. */
const CHECK_EVERY = 20;
const MOST_FAULTS = 20;
const ANSWER_MS = 5_000;

/** Sends this many messages to a sensor of its own. Never throws. */
export async function fuzzSmb(options: {
  readonly messages: number;
  readonly seed: number;
  readonly onProgress?: (sent: number, heap: number) => void;
}): Promise<SmbFuzzResult> {
  const random = seededRandom(options.seed);
  const faults: string[] = [];
  const wrong = (what: string): void => {
    if (faults.length < MOST_FAULTS) faults.push(what);
  };
  let [sent, connections, commands, acts, replyBytes, mostHeap, looked] = [0, 0, 0, 0, 0, 0, 0];
  const recorder: Recorder = {
    open: () => ({
      session: 'fuzz',
      emit: (act) => {
        acts++;
        if (act.type === 'session.closed') commands += act.commands;
        if (acts % CHECK_EVERY === 0 && !Act.safeParse(act).success) wrong(`no act: ${JSON.stringify(act)}`);
      },
    }),
    saturated: false,
    drained: () => Promise.resolve(),
  };
  const sensor = await listenSmb({
    host: '127.0.0.1',
    port: 0,
    name: 'fuzz',
    recorder,
    clock: systemClock,
    random,
    onTrouble: wrong,
  });
  const heapBefore = heap();
  const guest = async (own: Random): Promise<void> => {
    while (sent < options.messages) {
      connections++;
      const socket = connect({ port: sensor.port, host: '127.0.0.1' });
      socket.on('error', () => undefined).on('data', (chunk: Buffer) => (replyBytes += chunk.length));
      for (let last = false; !last && !socket.destroyed && sent < options.messages; ) {
        last = own.below(PATIENCE) === 0;
        const batch = Array.from({ length: BATCH }, () => nextSmbFrame(own));
        sent += BATCH;
        await written(socket, Buffer.concat(last ? [...batch, lastSmbFrame(own)] : batch));
      }
      // All has been taken once this side is the first to have nothing more to say.
      socket.end();
      if (!(await closed(socket)))
        wrong(`a visit does not end: ${socket.bytesWritten} bytes sent, ${socket.bytesRead} received`);
      socket.destroy();
      if (sent - looked >= LOOK_EVERY) {
        looked = sent;
        const now = heap();
        mostHeap = Math.max(mostHeap, now);
        options.onProgress?.(sent, now);
      }
    }
  };
  await Promise.all(Array.from({ length: GUESTS }, (_, index) => guest(seededRandom(options.seed + index))));
  if (!(await stillAnswers(sensor.port))) wrong('the sensor does not answer any more');
  await sensor.close();
  const heapAfter = heap();
  return { messages: sent, connections, commands, acts, replyBytes, faults, heapBefore, mostHeap, heapAfter };
}

/** Resolves when the bytes are out and were seen to, or the connection is over. */
async function written(socket: Socket, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('close', resolve);
    socket.write(bytes, () => {
      socket.off('close', resolve);
      setImmediate(resolve);
    });
  });
}

/** False when the other side does not close in time; a reset is a way to close, and an error before it. */
async function closed(socket: Socket): Promise<boolean> {
  if (socket.closed) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ANSWER_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/** Asks what scanners ask, and expects the answer of a server without MS17-010. */
async function stillAnswers(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.write(Buffer.concat(SHAPES.probe));
  const [reply] = (await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_MS) }).catch(
    () => [],
  )) as unknown[];
  socket.destroy();
  return Buffer.isBuffer(reply) && reply.readUInt32LE(9) === 0xc000_0205;
}

/** When node was started with --expose-gc, without garbage. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}
