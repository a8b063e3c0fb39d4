import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, errorReply, integer, OK } from '../../wire/resp-reply.ts';
import type { Call, Family, Handler } from '../command.ts';
import { argument, fail, integerArgument } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { boundedArray } from '../reply-bound.ts';
import type { LogKind } from '../slow-log.ts';
import { emptyLog, LOG_KINDS, logEntries } from '../slow-log.ts';
import { container } from '../subcommand.ts';
import { since } from '../version.ts';

const USUAL_COUNT = 10;

function entries(call: Call, kind: LogKind, count: number): ByteString {
  const all = logEntries(call.world, kind);
  const shown = count < 0 ? all : all.slice(0, count);
  return boundedArray(shown, ({ id, at, amount, argv, peer, name }) => {
    const figures = [id, at, amount].map((figure) => integer(figure));
    return `*6\r\n${figures.join('')}${bulks(argv)}${bulk(peer)}${bulk(name)}`;
  });
}

const FEWEST = 'ERR count should be greater than or equal to -1';

function countArgument(call: Call, text: ByteString): number {
  // Up to 6.2 anything below 0 asks for all.
  if (!since(call, 7)) return Math.max(-1, integerArgument(text));
  const count = integerArgument(text, FEWEST);
  return count < -1 ? fail(FEWEST) : count;
}

function get(call: Call): ByteString {
  if (call.argv.length > 3) {
    const [name, word] = [argument(call, 0).toUpperCase(), argument(call, 1)];
    const begin = since(call, 7) ? 'unknown' : 'Unknown';
    return errorReply(
      `ERR ${begin} subcommand or wrong number of arguments for '${word}'. Try ${name} HELP.`,
    );
  }
  const text = call.argv[2];
  return entries(call, 'slow', text === undefined ? USUAL_COUNT : countArgument(call, text));
}

function kindArgument(text: ByteString): LogKind {
  const kind = LOG_KINDS.find((one) => one === text.toLowerCase());
  return kind ?? fail(`ERR type should be one of the following: ${LOG_KINDS.join(', ')}`);
}

const commandLog: Handler = container({
  get: {
    words: 3,
    run: (call) => {
      const count = countArgument(call, argument(call, 2));
      return entries(call, kindArgument(argument(call, 3)), count);
    },
  },
  len: {
    words: 2,
    run: (call) => integer(logEntries(call.world, kindArgument(argument(call, 2))).length),
  },
  reset: {
    words: 2,
    run: (call) => {
      emptyLog(call.world, kindArgument(argument(call, 2)));
      return OK;
    },
  },
  help: { words: 1, run: (call) => helpReply(call, 'COMMANDLOG') },
});

export const slowLog: Family = {
  slowlog: container({
    get: { words: -1, run: get },
    len: { words: 1, run: ({ world }) => integer(logEntries(world, 'slow').length) },
    reset: {
      words: 1,
      run: ({ world }) => {
        emptyLog(world, 'slow');
        return OK;
      },
    },
    help: { words: 1, run: (call) => helpReply(call, 'SLOWLOG') },
  }),
  commandlog: commandLog,
};
