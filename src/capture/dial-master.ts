import { connect } from 'node:net';
import type { ReplicaSide } from '../emulator/master-link.ts';
import { dialsAtOnce } from '../emulator/master-link.ts';
import type { ActOf } from '../model/act.ts';
import type { Clock } from '../platform/clock.ts';
import type { Greeting } from './handshake.ts';
import { ack, greetings, greetsAtOnce, isPong, PING, psync, SYNC } from './handshake.ts';
import { followStream } from './master-stream.ts';
import type { PayloadReader } from './payload.ts';
import { MARK_BYTES, markedPayload, sizedPayload } from './payload.ts';

/** How one connection to a master went. */
export interface DialEnd {
  readonly outcome: ActOf<'master.dialled'>['outcome'];
  /** Of payload. */
  readonly bytes: number;
  readonly ms: number;
  readonly said: string | undefined;
  /** When a replica of that release would dial again. */
  readonly again: 'at-once' | 'next-second';
}

/** Takes a payload. What it does with it is not the connection's business. */
export interface PayloadSink {
  write(chunk: Buffer): void;
  /** The payload is whole; true when it was a good copy, so that the link stays up. */
  finish(): boolean;
  abort(): void;
}

export interface DialOptions {
  readonly side: ReplicaSide;
  /** Checked by the gate; a name is never looked up again here. */
  readonly address: string;
  readonly clock: Clock;
  /** Bytes of payload that are taken, and how long it may take until they are there. */
  readonly payloadBytes: number;
  readonly payloadMs: number;
  readonly sink: () => PayloadSink;
  /** Called once. */
  readonly ended: (end: DialEnd) => void;
}

const LONGEST_LINE = 1_024;
const SAID = 256;
const ACK_MS = 1_000;
/** A master that says nothing for so long is given up: repl-timeout. */
const SILENCE_MS = 60_000;

/** Dials a master as a replica of the persona's release does, byte for byte, until one side has had enough. */
export function dialMaster(options: DialOptions): { leave(): void } {
  const { side, clock } = options;
  const { link } = side.master;
  const started = clock.monotonic();
  const socket = connect({ host: options.address, port: side.master.port, noDelay: false });
  const atOnce = dialsAtOnce(side.level);
  let text = '';
  let bytes = 0;
  let said: string | undefined;
  let over = false;
  let sink: PayloadSink | undefined;
  let onLine: (line: string) => void = () => undefined;
  let onBytes: ((chunk: Buffer) => void) | undefined;
  let failed: DialEnd['outcome'] = 'refused';
  let acks: NodeJS.Timeout | undefined;

  const end = (outcome: DialEnd['outcome'], again: DialEnd['again'] = 'next-second'): void => {
    if (over) return;
    over = true;
    clearTimeout(limit);
    clearInterval(acks);
    try {
      sink?.abort();
    } catch {
      // The next start removes what is left of it.
    }
    sink = undefined;
    socket.destroy();
    if (link.state === 'connected') link.downSince = clock.now();
    link.state = 'connect';
    link.transfer = undefined;
    options.ended({ outcome, bytes, ms: Math.round(clock.monotonic() - started), said, again });
  };
  const limit = setTimeout(() => end(bytes > 0 ? 'too-slow' : 'silent'), options.payloadMs);
  limit.unref();
  const say = (line: string): void => {
    socket.write(line, 'latin1');
  };
  const refuse = (line: string, again: DialEnd['again'] = 'next-second'): void => {
    said = line.slice(0, SAID);
    end('rejected', again);
  };
  /** Nothing of the own history is left to offer. */
  const forgetHistory = (): void => {
    link.offset = 1;
    link.readOffset = 1;
  };

  /** The disk may be full or gone: that ends the connection and nothing else. */
  const kept = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch {
      end('not-kept');
      return undefined;
    }
  };

  const pong = (line: string): void => {
    if (!isPong(line)) return refuse(line);
    const left: Greeting[] = [...greetings(side)];
    onLine = (answer) => {
      const asked = left.shift();
      if (asked?.needed === true && answer.startsWith('-')) return refuse(answer);
      const [next] = left;
      if (next === undefined) askForData();
      else if (!greetsAtOnce(side)) say(next.bytes);
    };
    for (const { bytes: greeting } of greetsAtOnce(side) ? left : left.slice(0, 1)) say(greeting);
  };
  const askForData = (): void => {
    const offersHistory = link.offset === 0;
    if (!atOnce) failed = 'closed';
    onLine = dataAnswer;
    say(psync(side, offersHistory));
  };
  const dataAnswer = (line: string): void => {
    if (line === '') return;
    if (line.startsWith('+CONTINUE')) {
      const [, id = side.replId()] = /^\+CONTINUE ([\da-f]{40})$/i.exec(line) ?? [];
      stream(id, 0, true);
      return;
    }
    if (!atOnce) forgetHistory();
    if (/^-(NOMASTERLINK|LOADING)/.test(line.slice(0, 32))) return refuse(line);
    link.state = 'sync';
    link.transfer = { total: -1, read: 0, lastIo: clock.now() };
    if (line.startsWith('+FULLRESYNC')) {
      const [, id = '0'.repeat(40), offset = '0'] = /^\+FULLRESYNC (\w{40}) (\d{1,15})/.exec(line) ?? [];
      onLine = (length) => payloadLine(length, id, Number(offset), true);
      return;
    }
    said = line.slice(0, SAID);
    onLine = (length) => payloadLine(length, side.replId(), 0, false);
    say(SYNC);
  };
  const payloadLine = (line: string, id: string, offset: number, acknowledges: boolean): void => {
    if (line === '') {
      if (link.transfer !== undefined) link.transfer.lastIo = clock.now();
      return;
    }
    const marked = line.startsWith('$EOF:') && line.length >= 5 + MARK_BYTES;
    const size = /^\$(\d{1,15})$/.exec(line)?.[1];
    if (!marked && size === undefined) return refuse(line, atOnce ? 'at-once' : 'next-second');
    if (Number(size) > options.payloadBytes) return end('too-large');
    link.transfer = { total: marked ? 0 : Number(size), read: 0, lastIo: clock.now() };
    sink = kept(() => options.sink());
    if (sink === undefined) return;
    const reader = marked
      ? markedPayload(Buffer.from(line.slice(5, 5 + MARK_BYTES), 'latin1'))
      : sizedPayload(Number(size));
    onBytes = (chunk) =>
      receive(reader, chunk, () => whole(id, offset, marked && acknowledges, acknowledges));
    if (size === '0') onBytes(Buffer.alloc(0));
  };
  const receive = (reader: PayloadReader, chunk: Buffer, done: () => void): void => {
    const { payload, rest } = reader.take(chunk);
    for (const piece of payload) {
      bytes += piece.length;
      if (bytes > options.payloadBytes) return end('too-large');
      kept(() => sink?.write(piece));
      if (over) return;
    }
    if (link.transfer !== undefined) {
      link.transfer.read = bytes;
      link.transfer.lastIo = clock.now();
    }
    if (rest === undefined) return;
    done();
    if (!over && rest.length > 0) onBytes?.(rest);
  };
  const whole = (id: string, offset: number, ackAtOnce: boolean, acknowledges: boolean): void => {
    forgetHistory();
    // Until it has gone well the sink is not let go of: the end of the connection gives it up.
    const good = kept(() => sink?.finish());
    if (over) return;
    sink = undefined;
    if (good !== true) return end('captured', atOnce ? 'at-once' : 'next-second');
    stream(id, offset, acknowledges);
    if (ackAtOnce) say(ack(link.offset));
  };
  const stream = (id: string, offset: number, acknowledges: boolean): void => {
    clearTimeout(limit);
    side.joined(id, offset);
    failed = onBytes === undefined ? 'continued' : 'captured';
    onBytes = followStream(link, clock, say, () => end(failed));
    if (!acknowledges) return;
    acks = setInterval(() => say(ack(link.offset)), ACK_MS);
    acks.unref();
  };

  const readLines = (chunk: Buffer): void => {
    text += chunk.toString('latin1');
    for (;;) {
      if (over || onBytes !== undefined) break;
      const at = text.indexOf('\n');
      if (at < 0) {
        if (text.length > LONGEST_LINE) refuse(text);
        return;
      }
      const line = text.slice(0, at).replace(/\r$/, '');
      text = text.slice(at + 1);
      onLine(line);
    }
    // What stands behind the line that announced a payload belongs to it.
    const rest = Buffer.from(text, 'latin1');
    text = '';
    if (!over && rest.length > 0) onBytes?.(rest);
  };

  link.state = 'connecting';
  socket.setTimeout(SILENCE_MS);
  socket
    .on('connect', () => {
      failed = 'closed';
      link.state = 'handshake';
      onLine = pong;
      say(PING);
    })
    .on('data', (chunk) => {
      if (over) return;
      if (onBytes === undefined) readLines(chunk);
      else onBytes(chunk);
    })
    .on('timeout', () => end(failed === 'captured' || failed === 'continued' ? failed : 'silent'))
    .on('error', () => end(failed))
    .on('close', () => {
      if (!atOnce && onLine === dataAnswer && link.offset === 0) forgetHistory();
      // Later releases dial again at once when they had come as far as the copy.
      const far = link.state === 'sync' || link.state === 'connected';
      end(failed, atOnce && far ? 'at-once' : 'next-second');
    });
  return { leave: () => end(bytes > 0 && failed === 'captured' ? 'captured' : 'left') };
}
