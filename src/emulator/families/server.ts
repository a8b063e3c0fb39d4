import { array, bulk, bulks, EMPTY_ARRAY, errorReply, integer, OK, simpleString, verbatim } from '../../wire/resp-reply.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';
import type { Call, Family } from '../command.ts';
import { infoText } from '../info.ts';
import { container } from '../subcommand.ts';

/** SAVE and BGSAVE: the counters move as if a file had been written. No file is. */
function saved({ world, now }: Call): void {
  world.lastSave = Math.trunc(now / 1_000);
  world.dirty = 0;
}

const user = 'user default on nopass ~* +@all';

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
  time: ({ now }) => bulks([String(Math.trunc(now / 1_000)), String((now % 1_000) * 1_000)]),
  acl: container({
    whoami: { words: 1, run: () => bulk('default') },
    list: { words: 1, run: () => bulks([user]) },
    users: { words: 1, run: () => bulks(['default']) },
    log: { words: -1, run: () => EMPTY_ARRAY },
  }),
  slowlog: container({
    get: { words: -1, run: () => EMPTY_ARRAY },
    len: { words: 1, run: () => integer(0) },
    reset: { words: 1, run: () => OK },
  }),
  latency: container({
    latest: { words: 1, run: () => EMPTY_ARRAY },
    reset: { words: -1, run: () => integer(0) },
    history: { words: 2, run: () => EMPTY_ARRAY },
  }),
  memory: container({
    usage: {
      words: -2,
      run: (call) => {
        const value = call.db.get(argument(call, 2), call.now);
        if (value === undefined) return call.client.resp === 3 ? '_\r\n' : '$-1\r\n';
        return integer(value.type === 'string' ? value.text.length + 48 : 120);
      },
    },
    purge: { words: 1, run: () => OK },
  }),
  debug: container({
    object: {
      words: 2,
      run: (call) => {
        if (call.db.get(argument(call, 2), call.now) === undefined) fail('ERR no such key');
        return errorReply(SYNTAX);
      },
    },
    sleep: { words: 2, run: () => OK },
    'set-active-expire': { words: 2, run: () => OK },
    'change-repl-id': { words: 1, run: () => OK },
  }),
  cluster: () => errorReply('ERR This instance has cluster support disabled'),
  readonly: () => errorReply('ERR This instance has cluster support disabled'),
  readwrite: () => errorReply('ERR This instance has cluster support disabled'),
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
