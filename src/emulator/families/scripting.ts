import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, errorReply, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, no, yes } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { newRun } from '../lua/script-call.ts';
import { killScript, runScript } from '../lua/script-engine.ts';
import type { ScriptName } from '../lua/script-errors.ts';
import { answerFor, finishScript } from '../lua/script-job.ts';
import { keepScript, scriptSha1 } from '../lua/script-names.ts';
import { refuseDeclared, scriptWords } from '../lua/script-start.ts';
import type { ScriptFlags } from '../lua/shebang.ts';
import { readShebang } from '../lua/shebang.ts';
import { container, unknownSubcommand } from '../subcommand.ts';
import { isValkey, since } from '../version.ts';

const OLD = { declared: false, noWrites: false, allowOom: false, allowStale: false } satisfies ScriptFlags;

function evaluate(call: Call, body: ByteString, sha1: string, readOnly: boolean): ByteString {
  const { keys, args } = scriptWords(call);
  const read = since(call, 7) ? readShebang(body, isValkey(call)) : { flags: OLD, code: body };
  if ('fault' in read) return errorReply(read.fault);
  if (read.flags.declared) refuseDeclared(call, read.flags, readOnly);
  const run = newRun(call, read.flags, readOnly);
  const script: ScriptName = { kind: 'script', name: sha1 };
  return runScript({
    run,
    script,
    body,
    task: {
      kind: 'eval',
      world: call.client.view.name,
      name: sha1,
      library: '',
      body: read.code,
      resp: call.client.resp,
      keys,
      args,
      seed: 0,
    },
    answer: answerFor(run),
    finish: (outcome) => {
      if ('reply' in outcome || outcome.failure.kind !== 'uncompiled') keepScript(call.world, sha1, body);
      return finishScript(call, script, outcome);
    },
  });
}

function load(call: Call): ByteString {
  const body = argument(call, 2);
  const sha1 = scriptSha1(body);
  const read = since(call, 7) ? readShebang(body, isValkey(call)) : { flags: OLD, code: body };
  if ('fault' in read) return errorReply(read.fault);
  const run = newRun({ ...call, nested: true }, read.flags, false);
  const script: ScriptName = { kind: 'script', name: sha1 };
  return runScript({
    run,
    script,
    body,
    task: {
      kind: 'load',
      world: call.client.view.name,
      name: sha1,
      library: '',
      body: read.code,
      resp: 2,
      keys: [],
      args: [],
      seed: 0,
    },
    answer: answerFor(run),
    finish: (outcome) => {
      if ('failure' in outcome) return finishScript(call, script, outcome);
      keepScript(call.world, sha1, body);
      return bulk(sha1);
    },
  });
}

function flush(call: Call): ByteString {
  const [, , mode, more] = call.argv;
  if (!since(call, 6.2) && mode !== undefined) return errorReply(unknownSubcommand(call, argument(call, 0)));
  if (more !== undefined || (mode !== undefined && !['sync', 'async'].includes(mode.toLowerCase()))) {
    return errorReply('ERR SCRIPT FLUSH only support SYNC|ASYNC option');
  }
  call.world.scripts.clear();
  const run = newRun({ ...call, nested: true }, OLD, false);
  return runScript({
    run,
    script: { kind: 'script', name: '' },
    body: '',
    task: { kind: 'reset', world: call.client.view.name },
    answer: answerFor(run),
    finish: () => OK,
  });
}

function noScript(call: Call): ByteString {
  return errorReply(`NOSCRIPT No matching script.${isValkey(call) ? '' : ' Please use EVAL.'}`);
}

function evalsha(call: Call, readOnly: boolean): ByteString {
  const sha1 = argument(call, 1).toLowerCase();
  if (sha1.length !== 40) return noScript(call);
  scriptWords(call);
  const body = call.world.scripts.get(sha1);
  return body === undefined ? noScript(call) : evaluate(call, body, sha1, readOnly);
}

const eval_ = (call: Call, readOnly: boolean): ByteString =>
  evaluate(call, argument(call, 1), scriptSha1(argument(call, 1)), readOnly);

export const scripting: Family = {
  eval: (call) => eval_(call, false),
  eval_ro: (call) => eval_(call, true),
  evalsha: (call) => evalsha(call, false),
  evalsha_ro: (call) => evalsha(call, true),
  script: container({
    load: { words: 2, run: load },
    exists: {
      words: -1,
      run: (call) =>
        array(call.argv.slice(2).map((sha1) => (call.world.scripts.has(sha1.toLowerCase()) ? yes : no))),
    },
    flush: { words: -1, run: flush },
    kill: { words: 1, run: ({ world }) => killScript(world, 'script') },
    debug: {
      words: 2,
      run: (call) => {
        const modes = since(call, 6.2) ? 'YES/SYNC/NO' : 'yes/sync/no';
        const known = ['yes', 'sync', 'no'].includes(argument(call, 2).toLowerCase());
        return known ? OK : errorReply(`ERR Use SCRIPT DEBUG ${modes}`);
      },
    },
    help: { words: 1, run: (call) => helpReply(call, 'SCRIPT') },
    show: {
      words: 2,
      run: (call) => {
        const body = call.world.scripts.get(argument(call, 2).toLowerCase());
        return body === undefined ? noScript(call) : bulk(body);
      },
    },
  }),
};
