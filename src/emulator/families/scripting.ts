import { createHash } from 'node:crypto';
import { ownedBytes } from '../../model/bytes.ts';
import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, errorReply, integer, OK } from '../../wire/resp-reply.ts';
import { argument, fail, integerArgument, nil, no, yes } from '../command.ts';
import type { Call, Family } from '../command.ts';
import { container } from '../subcommand.ts';

const MOST_SCRIPTS = 1_000;
const LONGEST_KEPT_SCRIPT = 65_536;
const NO_SCRIPT = 'NOSCRIPT No matching script. Please use EVAL.';

export function scriptSha1(body: ByteString): string {
  return createHash('sha1').update(body, 'latin1').digest('hex');
}

function keep(call: Call, body: ByteString): string {
  const sha1 = scriptSha1(body);
  if (body.length <= LONGEST_KEPT_SCRIPT && call.world.scripts.size < MOST_SCRIPTS) {
    call.world.scripts.set(sha1, ownedBytes(body));
  }
  return sha1;
}

/**
 * Scripts are recorded, not run: what is answered are the forms that probes are made of (`return 1`, `return 'x'`,
 * `return KEYS[1]`), the sandbox's refusal of `os`, `io`, `package` and the like, and nil for the rest.
 */
function run(call: Call, body: ByteString, sha1: string): ByteString {
  const count = integerArgument(argument(call, 2));
  if (count > call.argv.length - 3) fail("ERR Number of keys can't be greater than number of args");
  if (count < 0) fail("ERR Number of keys can't be negative");
  const head = body.slice(0, 256).trim();
  const global = /\b(os|io|package|require|dofile|loadfile|debug|module)\b\s*[.(]/.exec(head)?.[1];
  if (global !== undefined) {
    return errorReply(
      `ERR Error running script (call to f_${sha1}): @user_script:1: @user_script: 1: Script attempted to access nonexistent global variable '${global}'`,
    );
  }
  const returned = /^return\s+(.{1,200}?);?$/.exec(head)?.[1] ?? '';
  if (/^-?\d{1,15}$/.test(returned)) return integer(Number(returned));
  const text = /^(['"])([^'"\\]*)\1$/.exec(returned)?.[2];
  if (text !== undefined) return bulk(text);
  if (returned === 'true') return yes;
  const place = /^(KEYS|ARGV)\[(\d{1,4})\]$/.exec(returned);
  const found = place && call.argv[2 + Number(place[2]) + (place[1] === 'ARGV' ? count : 0)];
  return found === null || found === undefined ? nil(call) : bulk(found);
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
      words: -2,
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
