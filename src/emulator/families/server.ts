import type { ByteString } from '../../model/bytes.ts';
import {
  bulks,
  EMPTY_ARRAY,
  errorReply,
  integer,
  OK,
  simpleString,
  verbatim,
} from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';
import { infoText } from '../info.ts';
import { resetStatistics } from '../statistics.ts';
import { container } from '../subcommand.ts';
import { microseconds } from '../world.ts';

/** SAVE and BGSAVE: the counters move as if a file had been written. No file is. */
function saved({ world, now }: Call): void {
  world.lastSave = Math.trunc(now / 1_000);
  world.dirty = 0;
}

/** The server goes and comes back, as systemd has it: connections end, the run id is new, what was saved is there. */
function shutdown(call: Call): ByteString {
  if (call.argv.length > 2 || (call.argv.length === 2 && !/^(no)?save$/i.test(argument(call, 1))))
    fail(SYNTAX);
  const { world, client } = call;
  for (const one of world.clients.values()) if (one !== client) one.link.close();
  client.closing = true;
  client.aborted = true;
  world.runId = world.random.hex(20);
  world.replId = world.random.hex(20);
  world.started = call.now;
  resetStatistics(world);
  return '';
}

export const server: Family = {
  info: (call) => {
    if (call.argv.length > 2) fail(SYNTAX);
    const section = (call.argv[1] ?? 'default').toLowerCase();
    return verbatim(infoText(call.world, section), call.client.resp);
  },
  save: (call) => {
    saved(call);
    return OK;
  },
  bgsave: (call) => {
    if (call.argv.length > 2 || (call.argv.length === 2 && argument(call, 1).toLowerCase() !== 'schedule')) {
      fail(SYNTAX);
    }
    saved(call);
    return simpleString('Background saving started');
  },
  bgrewriteaof: () => simpleString('Background append only file rewriting started'),
  lastsave: ({ world }) => integer(world.lastSave),
  time: ({ world }) => {
    const now = microseconds(world);
    return bulks([String(Math.trunc(now / 1e6)), String(now % 1e6)]);
  },
  shutdown,
  slowlog: container({
    get: {
      words: -1,
      run: (call) => {
        if (call.argv.length > 2) integerArgument(argument(call, 2));
        return EMPTY_ARRAY;
      },
    },
    len: { words: 1, run: () => integer(0) },
    reset: { words: 1, run: () => OK },
  }),
  latency: container({
    latest: { words: 1, run: () => EMPTY_ARRAY },
    reset: { words: -1, run: () => integer(0) },
    history: { words: 2, run: () => EMPTY_ARRAY },
  }),
  memory: container(
    {
      usage: {
        words: -2,
        run: (call) => {
          const value = call.db.get(argument(call, 2), call.now);
          if (value === undefined) return call.client.resp === 3 ? '_\r\n' : '$-1\r\n';
          return integer(value.type === 'string' ? value.text.length + 48 : 120);
        },
      },
      purge: { words: 1, run: () => OK },
    },
    '',
  ),
  cluster: () => errorReply('ERR This instance has cluster support disabled'),
  readonly: () => errorReply('ERR This instance has cluster support disabled'),
  readwrite: () => OK,
  asking: () => errorReply('ERR This instance has cluster support disabled'),
  swapdb: (call) => {
    const first = integerArgument(argument(call, 1), 'ERR invalid first DB index');
    const second = integerArgument(argument(call, 2), 'ERR invalid second DB index');
    const databases = call.world.databases;
    const [one, two] = [databases[first], databases[second]];
    if (one === undefined || two === undefined) fail('ERR DB index is out of range');
    [databases[first], databases[second]] = [two, one];
    return OK;
  },
  monitor: (call) => {
    call.client.monitoring = true;
    call.world.monitors.add(call.client);
    return OK;
  },
};
