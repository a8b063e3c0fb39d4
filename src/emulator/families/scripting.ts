import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, errorReply, nullBulk, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, no, yes } from '../command.ts';
import { luaAnswer } from '../lua-answer.ts';
import { container } from '../subcommand.ts';

const MOST_SCRIPTS = 1_000;
const LONGEST_KEPT_SCRIPT = 65_536;
const NO_SCRIPT = 'NOSCRIPT No matching script. Please use EVAL.';

export function scriptSha1(body: ByteString): string {
  return createHash('sha1').update(body, 'latin1').digest('hex');
}

function keep(call: Call, body: ByteString): string {
  const sha1 = scriptSha1(body);
  const { scripts } = call.world;
  if (body.length <= LONGEST_KEPT_SCRIPT && scripts.size < MOST_SCRIPTS && !scripts.has(sha1)) {
    scripts.set(sha1, ownedBytes(body));
  }
  return sha1;
}

function run(call: Call, body: ByteString, sha1: string): ByteString {
  const count = integerArgument(argument(call, 2));
  if (count > call.argv.length - 3) fail("ERR Number of keys can't be greater than number of args");
  if (count < 0) fail("ERR Number of keys can't be negative");
  const words = call.argv.slice(3);
  const { client } = call;
  const version = client.resp;
  client.resp = 2;
  try {
    const reply = luaAnswer(body, {
      sha1,
      keys: words.slice(0, count),
      args: words.slice(count),
      run: (argv) => runForScript(call, argv),
    });
    return reply === '$-1\r\n' ? nullBulk(version) : reply;
  } finally {
    client.resp = version;
  }
}

/** `-@` marks an error of the call, not of the command. */
function runForScript(call: Call, argv: readonly ByteString[]): ByteString {
  const command = call.world.commands.get((argv[0] ?? '').toLowerCase());
  if (command === undefined) return errorReply('@Unknown Redis command called from Lua script');
  if (command.arity > 0 ? command.arity !== argv.length : argv.length < -command.arity) {
    return errorReply('@Wrong number of args calling Redis command From Lua script');
  }
  if (command.flags.includes('noscript'))
    return errorReply('@This Redis command is not allowed from scripts');
  return call.run({ ...call, argv }, command);
}

export const scripting: Family = {
  eval: (call) => run(call, argument(call, 1), keep(call, argument(call, 1))),
  evalsha: (call) => {
    const sha1 = argument(call, 1).toLowerCase();
    const body = call.world.scripts.get(sha1);
    return body === undefined ? errorReply(NO_SCRIPT) : run(call, body, sha1);
  },
  script: container({
    load: { words: 2, run: (call) => bulk(keep(call, argument(call, 2))) },
    exists: {
      words: -1,
      run: (call) =>
        array(call.argv.slice(2).map((sha1) => (call.world.scripts.has(sha1.toLowerCase()) ? yes : no))),
    },
    flush: {
      words: 1,
      run: ({ world }) => {
        world.scripts.clear();
        return OK;
      },
    },
    kill: { words: 1, run: () => errorReply('NOTBUSY No scripts in execution right now.') },
  }),
};
