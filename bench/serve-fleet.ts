import type { Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { createReplyDecoder } from '../src/wire/reply-decoder.ts';
import { createRequestDecoder } from '../src/wire/request-decoder.ts';
import { bulks } from '../src/wire/resp-reply.ts';
import type { FleetModel } from './fleet-truth.ts';
import { fleetTruth } from './fleet-truth.ts';

const REQUEST_LIMITS = {
  maxArguments: 10_000,
  maxBulk: 1e6,
  maxInline: 65_536,
  unauthenticated: false,
  keep: 1e6,
};
const REPLY_LIMITS = {
  maxLine: 65_536,
  maxBulk: 16_777_216,
  keepBulk: 1_048_576,
  maxElements: 100_000,
  maxDepth: 8,
  maxKept: 8_388_608,
};
const QUIT = '*1\r\n$4\r\nQUIT\r\n';
const MOST_REMEMBERED = 10_000;

/** A real server that answers for many: what it said to a batch once is said again. */
interface Model {
  /** Undefined when the batch is not whole yet. */
  answer(batch: string): Promise<string | undefined>;
  readonly known: ReadonlyMap<string, readonly string[]>;
}

/**
 * For a child process: one listener on all loopback addresses that is another server on each, told apart by the address
 * that was dialled. Every batch is answered as a real redis-server did, with its own version and run id put in.
 */
export async function serveFleet(ports: Readonly<Record<FleetModel, number>>): Promise<void> {
  const models = {
    locked: await openModel(ports.locked),
    clean: await openModel(ports.clean),
    infected: await openModel(ports.infected),
  };
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    const address = socket.localAddress ?? '';
    if (!address.startsWith('127.')) {
      socket.destroy();
      return;
    }
    const truth = fleetTruth(address);
    const model = models[truth.model];
    let batch = '';
    socket.on('data', (chunk) => {
      batch += chunk.toString('latin1');
      // The goodbye is answered here: the real server behind has to stay.
      const leaves = batch.endsWith(QUIT);
      const asked = leaves ? batch.slice(0, -QUIT.length) : batch;
      const say = (parts: readonly string[]): void => {
        batch = '';
        if (!socket.writable) return;
        const text = parts.map((part) => own(part, truth)).join('');
        if (leaves) socket.end(`${text}+OK\r\n`, 'latin1');
        else socket.write(text, 'latin1');
      };
      const known = asked === '' ? [] : model.known.get(asked);
      if (known !== undefined) say(known);
      else void model.answer(asked).then((reply) => reply !== undefined && say(cut(reply)));
    });
  });
  server.listen({ port: 0, host: '0.0.0.0', backlog: 4_096 }, () => {
    const place = server.address();
    process.send?.(typeof place === 'object' ? place?.port : undefined);
  });
  process.once('disconnect', () => process.exit(0));
}

/** Marks where a server of the fleet has words of its own. */
const OWN = /(run_id:[0-9a-f]{40}|redis_version:\d\.\d\.\d\d)/;

function cut(reply: string): string[] {
  return reply.split(OWN);
}

function own(part: string, truth: { readonly runId: string; readonly version: string }): string {
  if (part.length === 47 && part.startsWith('run_id:')) return `run_id:${truth.runId}`;
  if (part.length === 20 && part.startsWith('redis_version:')) return `redis_version:${truth.version}`;
  return part;
}

async function openModel(port: number): Promise<Model> {
  const known = new Map<string, readonly string[]>();
  const socket: Socket = connect(port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (batch: string, wanted: number): Promise<string> =>
    new Promise((resolve) => {
      const decoder = createReplyDecoder(REPLY_LIMITS);
      let reply = '';
      let replies = 0;
      const take = (chunk: Buffer): void => {
        const text = chunk.toString('latin1');
        reply += text;
        decoder.push(text);
        while (replies < wanted && decoder.next() !== undefined) replies += 1;
        if (replies < wanted) return;
        socket.off('data', take);
        resolve(reply);
      };
      socket.on('data', take);
      socket.write(batch, 'latin1');
    });
  return {
    known,
    answer: (batch) => {
      const decoder = createRequestDecoder();
      decoder.push(batch);
      let wanted = 0;
      let read = decoder.next(REQUEST_LIMITS);
      let whole = 0;
      for (; read?.kind === 'request'; read = decoder.next(REQUEST_LIMITS)) {
        wanted += 1;
        whole += bulks(read.argv).length;
      }
      if (wanted === 0 || whole < batch.length) return Promise.resolve(undefined);
      const asked = turn.then(async () => {
        const before = known.get(batch);
        if (before !== undefined) return before.join('');
        const reply = await ask(batch, wanted);
        if (known.size < MOST_REMEMBERED) known.set(batch, cut(reply));
        return reply;
      });
      turn = asked;
      return asked;
    },
  };
}
