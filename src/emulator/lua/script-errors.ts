import type { ByteString } from '../../model/bytes.ts';
import { errorReply } from '../../wire/resp-reply.ts';
import { untilNul } from '../c-string.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import type { ScriptFailure } from './lua-machine.ts';

/** A script or a function that was called, as errors name it. */
export interface ScriptName {
  readonly kind: 'script' | 'function';
  /** SHA-1 of a script, name of a function. */
  readonly name: ByteString;
}

/** The reply to a call that failed; undefined where a real server of that version falls over. */
export function failureReply(
  world: World,
  script: ScriptName,
  failure: ScriptFailure,
): ByteString | undefined {
  const { kind, type, text, source, line } = failure;
  if (kind === 'uncompiled') return compileError(text ?? '');
  if (type === 'crash') return undefined;
  const shown = untilNul(text ?? '');
  if (!since({ world }, 7)) {
    return errorReply(
      `ERR Error running script (call to f_${script.name}): ${text === undefined ? '(null)' : shown}`,
    );
  }
  if (type !== 'table') {
    return errorReply(
      `ERR Error running script ${script.name}, ${text === undefined ? 'execution failure' : shown.slice(0, 100)}`,
    );
  }
  if (text === undefined) return undefined;
  return errorReply(
    source === '' || line === '' ? shown : `${shown} script: ${script.name}, on ${source}:${line}.`,
  );
}

export function compileError(message: ByteString): ByteString {
  return errorReply(`ERR Error compiling script (new function): ${message}`);
}

/** What a call is told that was ended while it ran. Where it was is not known: most such scripts have one loop. */
export function killedReply(world: World, script: ScriptName, body: ByteString): ByteString {
  const why =
    isValkey({ world }) && script.kind === 'function'
      ? 'Script killed by user with FUNCTION KILL.'
      : `Script killed by user with SCRIPT KILL${isValkey({ world }) ? '.' : '...'}`;
  const modern = since({ world }, 7);
  return (
    failureReply(world, script, {
      kind: 'failed',
      type: modern ? 'table' : 'string',
      text: modern ? `ERR ${why}` : `@user_script:${loopLine(body)}: ${why}`,
      source: `@user_${script.kind}`,
      line: String(loopLine(body)),
    }) ?? ''
  );
}

/** The line of the first loop. */
function loopLine(body: ByteString): number {
  const at = body.slice(0, 65_536).search(/\b(?:while|for|repeat)\b/);
  return at < 0 ? 1 : body.slice(0, at).split('\n').length;
}

export function busyReply(world: World, kind: ScriptName['kind']): ByteString {
  const engine = isValkey({ world }) ? 'Valkey' : 'Redis';
  const way = kind === 'script' ? 'SCRIPT' : 'FUNCTION';
  return `BUSY ${engine} is busy running a script. You can only call ${way} KILL or SHUTDOWN NOSAVE.`;
}

export const NOT_BUSY = 'NOTBUSY No scripts in execution right now.';
export const UNKILLABLE =
  'UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.';
