// What an idle connection costs, as a ratio to redis-server in the same run: node bench/connections.ts [CONNECTIONS]
//
// The sensor runs in a process of its own, with its journal; so do the clients, some thousand a process, so that no one
// needs more files than it may have. While all are held, one more connection is asked PING again and again; then those
// beyond maxclients are shown to be refused.

import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileLimit } from '../src/platform/open-files.ts';
import { startRedis } from '../test/peers/redis-server.ts';
import { serveSensor } from './serve-sensor.ts';

/** Connections that one client process holds, and that it opens at one time: less than a listener's backlog. */
const A_PROCESS = 5_000;
const AT_ONCE = 200;
const PINGS = 2_000;
const REFUSAL = '-ERR max number of clients reached\r\n';

/** A child: connections that have said one PING each, and then nothing. */
async function hold(port: number, count: number): Promise<void> {
  for (let opened = 0; opened < count; opened += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - opened) }, () => pinged(port));
    await Promise.all(some);
  }
  process.send?.('held');
  process.once('disconnect', () => process.exit(0));
}

async function pinged(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write('PING\r\n');
  const [reply] = (await once(socket, 'data')) as [Buffer];
  if (String(reply) !== '+PONG\r\n') throw new Error(`answered ${String(reply)}`);
  return socket;
}

/** Resident bytes of a process, as the kernel counts them. */
function resident(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

interface Figures {
  readonly held: number;
  readonly bytesEach: number;
  /** Milliseconds of PING on one more connection: median, 99 of 100, the longest. */
  readonly ping: readonly [number, number, number];
  /** What the first connection beyond maxclients got. */
  readonly beyond: string;
}

/** Holds as many connections as there is room for, and asks over one of them. */
async function measure(port: number, pid: number, connections: number): Promise<Figures> {
  const asking = await pinged(port);
  await delays(asking, PINGS);
  const before = resident(pid);
  const others = connections - 1;
  const children: ChildProcess[] = [];
  for (let held = 0; held < others; held += A_PROCESS) {
    const count = String(Math.min(A_PROCESS, others - held));
    const child = fork(import.meta.filename, ['hold', String(port), count]);
    children.push(child);
    await once(child, 'message');
  }
  const ping = await delays(asking, PINGS);
  const bytesEach = (resident(pid) - before) / others;
  const beyond = await lastWords(port);
  for (const child of children) child.disconnect();
  await Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit'))));
  asking.destroy();
  return { held: connections, bytesEach, ping, beyond };
}

async function delays(socket: Socket, count: number): Promise<[number, number, number]> {
  const all: number[] = [];
  for (let asked = 0; asked < count; asked++) {
    const began = performance.now();
    socket.write('PING\r\n');
    await once(socket, 'data');
    all.push(performance.now() - began);
  }
  const sorted = all.toSorted((one, other) => one - other);
  const part = (share: number): number => sorted[Math.min(count - 1, Math.trunc(count * share))] ?? 0;
  return [part(0.5), part(0.99), part(1)];
}

/** Everything that a server says to a newcomer until it hangs up. */
async function lastWords(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  let said = '';
  socket.on('data', (bytes) => {
    said += String(bytes);
  });
  await once(socket, 'close');
  return said;
}

async function compare(asked: number): Promise<void> {
  const connections = Math.min(asked, openFileLimit() - 200);
  if (connections < asked) console.log(`the system lets a process have ${openFileLimit()} files only`);
  const folder = mkdtempSync(join(tmpdir(), 'sundew-bench-'));
  const child = fork(import.meta.filename, ['serve', folder, String(connections)]);
  const [port] = (await once(child, 'message')) as [number];
  const real = await startRedis('--maxclients', String(connections), '--tcp-backlog', '1024');
  const rows: [string, Figures][] = [];
  const pid = Number(/^process_id:(\d+)/m.exec(await real.client.info('server'))?.[1]);
  real.client.disconnect();
  rows.push(['redis-server', await measure(real.port, pid, connections)]);
  rows.push(['sensor', await measure(port, child.pid ?? 0, connections)]);
  console.log(
    'server'.padEnd(14),
    'held'.padStart(7),
    'bytes each'.padStart(11),
    'PING ms: median, 99 %, longest',
  );
  for (const [name, { held, bytesEach, ping }] of rows) {
    const times = ping.map((ms) => ms.toFixed(2)).join(', ');
    console.log(name.padEnd(14), String(held).padStart(7), String(Math.round(bytesEach)).padStart(11), times);
  }
  const [theirs, ours] = rows.map(([, figures]) => figures);
  if (theirs !== undefined && ours !== undefined) {
    console.log(
      `memory of a connection: ${(ours.bytesEach / theirs.bytesEach).toFixed(2)} of redis-server's`,
    );
  }
  for (const [name, { beyond }] of rows) {
    const exactly = beyond === REFUSAL ? 'exactly as it must be' : 'NOT as it must be';
    console.log(`${name}: one more gets ${JSON.stringify(beyond)}, ${exactly}, and is hung up on`);
  }
  child.disconnect();
  await once(child, 'exit');
  await real.stop();
  rmSync(folder, { recursive: true, force: true });
}

const [mode = '10000', ...words] = process.argv.slice(2);
if (mode === 'serve') await serveSensor(words[0] ?? '', { connections: Number(words[1]) });
else if (mode === 'hold') await hold(Number(words[0]), Number(words[1]));
else await compare(Number(mode));
