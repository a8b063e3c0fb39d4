import type { Act, ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { PastSession } from '../model/recorder.ts';
import { createBurstCounter } from '../redis/burst.ts';
import type { CommandOutcome } from '../redis/interpret.ts';
import { commandName, interpretCommand } from '../redis/interpret.ts';
import { looksLike } from '../wire/looks-like.ts';
import type { CutArgument } from '../wire/request-decoder.ts';
import type { PlaceOfDump } from './server-settings.ts';

export interface Said {
  readonly argv: readonly ByteString[];
  readonly cut?: readonly CutArgument[];
  /** The database, when the file tells it; else what SELECT chose. */
  readonly db?: number;
  readonly outcome: CommandOutcome;
}

/** One session of a file, said as acts. */
export interface Visit {
  /** When something came last. */
  readonly last: number;
  command(said: Said, time: number): void;
  fault(fault: string, sample: ByteString, time: number): void;
  /** Bytes of both sides, where the file has them; without, those of the arguments count. */
  bytes(visitor: number, server: number, time: number): void;
  close(reason: ActOf<'session.closed'>['reason'], time: number): void;
}

/** As the sensor: so many plain commands of a session are recorded one by one, the rest is counted. */
const PLAIN_COMMANDS = 200;
/** How often the counts are recorded, milliseconds of the file's time. */
const BURST_MS = 60_000;
const SAMPLE = 256;

export function openVisit(emit: PastSession['emit'], place: PlaceOfDump, opened: number): Visit {
  const burst = createBurstCounter(PLAIN_COMMANDS);
  let last = opened;
  let settled = opened;
  let commands = 0;
  let argumentBytes = 0;
  let bytes: { visitor: number; server: number } | undefined;
  let db = 0;
  let quit = false;

  const settle = (time: number): void => {
    settled = time;
    const counted = burst.take(time);
    if (counted !== undefined) emit(counted, time);
  };
  const note = (acts: readonly Act[]): void => {
    for (const act of acts) {
      if (act.type === 'redis.setting' && act.accepted) {
        if (act.name === 'dir') place.dir = act.value;
        else if (act.name === 'dbfilename') place.dbfilename = act.value;
      } else if (act.type === 'redis.command' && act.name === 'select' && act.reply === 'ok') {
        const [index = ''] = act.args;
        if (/^\d{1,5}$/.test(index)) db = Number(index);
      }
    }
  };
  return {
    get last() {
      return last;
    },
    command: ({ argv, cut, db: told, outcome }, time) => {
      last = time;
      commands++;
      for (const argument of argv) argumentBytes += argument.length;
      const { name } = commandName(argv);
      quit = name === 'quit';
      // SELECT is plain, and says where what follows goes.
      if (name === 'select' || outcome.reply === 'error' || !burst.swallow(name, argv, time)) {
        const context = { db: told ?? db, ...place, ...(cut === undefined ? {} : { cut }) };
        const acts = interpretCommand(argv, outcome, context);
        note(acts);
        for (const act of burst.admit(acts, time)) emit(act, time);
      }
      if (time - settled > BURST_MS) settle(time);
    },
    fault: (fault, sample, time) => {
      last = time;
      const head = sample.slice(0, SAMPLE);
      emit({ type: 'wire.fault', fault, looksLike: looksLike(head), sample: head }, time);
    },
    bytes: (visitor, server, time) => {
      last = time;
      bytes ??= { visitor: 0, server: 0 };
      bytes.visitor += visitor;
      bytes.server += server;
    },
    close: (reason, time) => {
      settle(time);
      emit(
        {
          type: 'session.closed',
          reason: quit && reason !== 'limit' ? 'quit' : reason,
          commands,
          bytesIn: bytes?.visitor ?? argumentBytes,
          bytesOut: bytes?.server ?? 0,
          ms: Math.max(0, time - opened),
        },
        time,
      );
    },
  };
}
