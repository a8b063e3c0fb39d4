import type { RequestHead } from '../../wire/http1/head.ts';
import { createRequestParser } from '../../wire/http1/request-parser.ts';
import type { Arrival } from '../doors.ts';
import type { Answer } from './answer.ts';
import { answerBytes } from './answer.ts';
import type { BodyRecord } from './body-record.ts';
import { createBodyRecord } from './body-record.ts';
import { createDeadline } from './deadline.ts';
import { faultAct, requestAct } from './exchange.ts';
import type { Plan, Situation } from './family.ts';
import type { Premises } from './premises.ts';
import type { HttpSession } from './sessions.ts';
import type { Uploads } from './uploads.ts';
import { createUploads } from './uploads.ts';

/** One connection. It ends by itself; `end` is for the sensor. */
export interface Connection {
  end(): void;
}

/** One request, until its body is there and it has been answered. */
interface Exchange {
  readonly situation: Situation;
  plan: Plan;
  readonly session: HttpSession;
  /** Whether it is recorded, or counted only. */
  readonly recorded: boolean;
  readonly body: BodyRecord;
  readonly uploads: Uploads;
  /** The status that was answered; 0 until then. */
  status: number;
}

/** Events of the parser in one turn: after it the others come first. */
const TURN = 200;
/** Answers that are not read, above which the next request waits. */
const PAUSE_BYTES = 32_768;
const SEND_MS = 60_000;
/** How long what still comes is read after the last answer: a connection that is cut loses the answer. */
const LINGER_MS = 5_000;
const SAMPLE = 256;
/** Bytes of a target that are told with a file. */
const TARGET = 1_024;
const CONTINUE = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

export function serveConnection(arrival: Arrival, premises: Premises, onEnd: () => void): Connection {
  const { socket, origin, tls } = arrival;
  const { family, clock, sessions } = premises;
  const local = arrival.local ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const parser = createRequestParser(family.limits, family.broken);
  const deadline = createDeadline();
  let exchange: Exchange | undefined;
  let served = 0;
  /** Bytes that came and are not yet counted for a session. */
  let uncounted = 0;
  /** A turn is due, or something has to be waited for. */
  let waiting = false;
  /** The last answer is on its way; `deaf` when not even a body is read any more. */
  let closing = false;
  let deaf = false;
  /** The visitor will send nothing more. */
  let ended = false;

  const send = (bytes: Buffer): void => {
    if (bytes.length > 0 && socket.writable) socket.write(bytes);
    sessions.find(origin.address)?.touch(0, bytes.length);
  };
  const close = (): void => {
    closing = true;
    socket.end();
  };
  const linger = (): void => {
    deaf = true;
    if (!closing) close();
    deadline.arm('linger', LINGER_MS, () => socket.destroy());
    socket.resume();
  };
  const fault = (text: string, bytes: string): void => {
    const session = sessions.of(arrival);
    session.touch(uncounted, 0);
    uncounted = 0;
    if (session.admit(bytes.length)) session.emit(faultAct(text, bytes));
  };

  const begin = (head: RequestHead): void => {
    const session = sessions.of(arrival);
    session.touch(uncounted, 0);
    uncounted = 0;
    const { persona, site, app } = premises;
    const secure = tls !== undefined;
    const situation = { head, persona, site, app, now: clock.now(), local, secure, served };
    const recorded = session.admit(head.bytes);
    exchange = {
      situation,
      plan: family.plan(situation),
      session,
      recorded,
      body: createBodyRecord(),
      uploads: createUploads(head, premises.receiver(session, recorded)),
      status: 0,
    };
    if (exchange.plan.continues) send(CONTINUE);
  };
  const answer = (given: Exchange, what: Answer): void => {
    const { head } = given.situation;
    given.status = what.status;
    send(answerBytes(what, { bare: given.plan.bare, head: head.method === 'HEAD' }));
    if (given.plan.close) close();
  };
  /** What needs no body is answered before it is there, where servers do so. */
  const answerEarly = (whole = false): void => {
    if (exchange === undefined || exchange.status !== 0) return;
    const { plan } = exchange;
    if (plan.answer !== undefined && (whole || plan.late !== true)) answer(exchange, plan.answer);
  };
  const record = (given: Exchange, whole: boolean): void => {
    const { session, situation, recorded } = given;
    exchange = undefined;
    served++;
    const { head } = situation;
    if (recorded) session.emit(requestAct(head, given.body, given.status));
    if (!whole) {
      given.uploads.abort();
      return;
    }
    const files = given.uploads.end({
      session: session.session,
      ...origin,
      target: head.target.slice(0, TARGET),
    });
    if (recorded) for (const file of files) session.emit(file);
  };
  const finish = (given: Exchange): void => {
    answerEarly(true);
    if (given.status === 0) {
      const { path, query } = given.plan;
      const { method } = given.situation.head;
      const said = premises.app.answer({ method, path, query, file: given.uploads.found });
      answer(given, family.wrap(said, given.situation, given.plan));
    }
    record(given, true);
    if (closing) linger();
  };
  /** The body cannot be read on. */
  const spoil = (given: Exchange): void => {
    if (given.status === 0) {
      given.plan = family.spoil(given.situation, given.plan);
      answerEarly(true);
    }
    record(given, false);
    linger();
  };

  /** True when there may be more. */
  const turn = (): boolean => {
    for (let count = 0; count < TURN; count++) {
      if (deaf) return false;
      const event = parser.next();
      if (event === undefined) {
        // After a head that nothing can follow there is no end either.
        if (parser.state === 'dead' && exchange !== undefined) finish(exchange);
        answerEarly();
        return false;
      }
      if (event.kind === 'head') begin(event.head);
      else if (exchange === undefined) return false;
      else if (event.kind === 'body') {
        exchange.body.add(event.bytes);
        exchange.uploads.push(event.bytes);
      } else if (event.kind === 'end') finish(exchange);
      else spoil(exchange);
    }
    return !deaf;
  };
  const later = (): void => {
    waiting = true;
    socket.pause();
  };
  const again = (): void => {
    waiting = false;
    guarded(serve);
  };
  const serve = (): void => {
    if (waiting || deaf || socket.destroyed) return;
    const congestion = premises.congestion();
    if (congestion !== undefined) {
      later();
      void congestion.then(again, again);
      return;
    }
    if (socket.writableLength > PAUSE_BYTES) {
      socket.pause();
      deadline.arm('send', SEND_MS, () => socket.destroy());
      return;
    }
    if (turn()) {
      later();
      setImmediate(again);
      return;
    }
    if (deaf) return;
    if (ended) hangUp('no complete request');
    else wait();
    if (socket.isPaused()) socket.resume();
  };
  /** A head has to be whole in time, however it trickles in; a body may take long while something comes. */
  const wait = (): void => {
    const { times } = family;
    if (parser.state === 'body') {
      deadline.arm(`body ${served}`, times.body, () => hangUp(''), true);
    } else if (parser.state === 'head') {
      deadline.arm(`head ${served}`, times.head, () => hangUp('no complete request in time'));
    } else deadline.arm(`idle ${served}`, served === 0 ? times.head : times.idle, () => hangUp(''));
  };
  /** Tells what was not whole; sends what is on its way. */
  const hangUp = (why: string): void => {
    if (exchange !== undefined) record(exchange, false);
    else if (!deaf && parser.state === 'head') fault(why, parser.unfinished(SAMPLE));
    linger();
  };
  /** A fault of ours costs one connection, and not the sensor. */
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      if (premises.onFault === undefined) throw error;
      premises.onFault(error);
      deaf = true;
      socket.destroy();
    }
  };

  socket
    .on('data', (chunk: Buffer) => {
      const session = exchange?.session ?? sessions.find(origin.address);
      if (session === undefined) uncounted += chunk.length;
      else session.touch(chunk.length, 0);
      if (deaf) return;
      parser.push(chunk);
      guarded(serve);
    })
    .on('drain', () => guarded(serve))
    .on('end', () => {
      ended = true;
      guarded(serve);
    })
    .on('error', () => undefined)
    .on('close', () => {
      guarded(() => hangUp('no complete request'));
      deadline.clear();
      onEnd();
    });
  wait();
  return {
    end: () => {
      guarded(() => hangUp('no complete request'));
      socket.destroy();
    },
  };
}
