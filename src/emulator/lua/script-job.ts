import type { ByteString } from '../../model/bytes.ts';
import { errorReply } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { runInShell } from '../shell/run-in-shell.ts';
import type { LuaOutcome } from './lua-machine.ts';
import type { Answer } from './lua-thread.ts';
import type { ScriptRun } from './script-call.ts';
import { allowedFromScript, callFromScript } from './script-call.ts';
import type { ScriptName } from './script-errors.ts';
import { failureReply } from './script-errors.ts';

/** Answers what a running script asks of the server. */
export function answerFor(run: ScriptRun): Answer {
  return ([kind, ...words]) => {
    switch (kind) {
      case 'command':
        return callFromScript(run, words.slice(1), words[0] === '3' ? 3 : 2);
      case 'allowed':
        return allowedFromScript(run, words);
      case 'shell':
        return runInShell(run.call.world, run.call.client, words[0] ?? '', 'lua');
      case 'replicate':
        return run.wrote ? ':0\r\n' : ':1\r\n';
      default:
        return errorReply('ERR internal');
    }
  };
}

/** The reply to the client; where a real server falls over, its connection ends. */
export function finishScript(call: Call, script: ScriptName, outcome: LuaOutcome): ByteString {
  if ('reply' in outcome) return outcome.reply;
  const reply = failureReply(call.world, script, outcome.failure);
  if (reply !== undefined) return reply;
  call.client.closing = true;
  call.client.aborted = true;
  return '';
}
