import type { ByteString } from '../../model/bytes.ts';
import { errorReply } from '../../wire/resp-reply.ts';
import type { Call, Command } from '../command.ts';
import { OUT_OF_MEMORY } from '../command.ts';
import { partOf } from '../dispatch.ts';
import { isFull, isReadOnly } from '../refusal.ts';
import { isValkey, since } from '../version.ts';
import type { ScriptFlags } from './shebang.ts';

/** A script that runs: what it may do, and what it has done. */
export interface ScriptRun {
  readonly call: Call;
  /** No write commands: EVAL_RO, FCALL_RO, and scripts that say so themselves. */
  readonly readOnly: boolean;
  readonly allowOom: boolean;
  /** The database that it has selected: only for itself. */
  db: number;
  wrote: boolean;
}

/** A run that has done nothing yet. */
export function newRun(call: Call, flags: ScriptFlags, readOnly: boolean): ScriptRun {
  return {
    call,
    readOnly: readOnly || flags.noWrites,
    allowOom: flags.allowOom,
    db: call.client.db,
    wrote: false,
  };
}

const READ_ONLY = "READONLY You can't write against a read only replica.";

/** An error of the call itself, which older versions tell with its place. */
const own = (text: ByteString): ByteString => `-\x01${text}\r\n`;

/** One redis.call: the checks of its version in their order, then the command. */
export function callFromScript(run: ScriptRun, argv: readonly ByteString[], resp: 2 | 3): ByteString {
  const { world, client } = run.call;
  const command = lookUp(run.call, argv);
  const refused = refusal(run, command, argv);
  if (refused !== undefined || command === undefined) return refused ?? '';
  if (command.writes) run.wrote = true;
  const before = { resp: client.resp, db: client.db };
  client.resp = resp;
  client.db = run.db;
  try {
    const db = world.databases[client.db] ?? run.call.db;
    return run.call.run({ ...run.call, argv, db, nested: true }, command);
  } finally {
    run.db = client.db;
    client.resp = before.resp;
    client.db = before.db;
  }
}

/** The command that the words name; of a container from 7.0 on, the subcommand. */
function lookUp({ world }: Call, argv: readonly ByteString[]): Command | undefined {
  const told = world.commands.get((argv[0] ?? '').toLowerCase());
  if (told === undefined || told.parts.size === 0) return told;
  const part = partOf(told, argv);
  return part === told && argv.length > 1 ? undefined : part;
}

function refusal(
  run: ScriptRun,
  command: Command | undefined,
  argv: readonly ByteString[],
): ByteString | undefined {
  const { call } = run;
  const modern = since(call, 7);
  const redis = isValkey(call) ? '' : 'Redis ';
  const count = argv.length;
  if (command === undefined) {
    return own(`Unknown ${redis}command called from ${modern ? 'script' : 'Lua script'}`);
  }
  if (command.arity > 0 ? command.arity !== count : count < -command.arity) {
    return own(`Wrong number of args calling ${redis}command ${modern ? 'from script' : 'From Lua script'}`);
  }
  if (command.flags.includes('noscript')) {
    return own(`This Redis command is not allowed from script${modern ? '' : 's'}`);
  }
  if (command.writes) {
    if (run.readOnly) return own('Write commands are not allowed from read-only scripts.');
    if (call.world.master !== undefined && isReadOnly(call.world)) {
      return own(modern ? `-${READ_ONLY}` : `-${READ_ONLY}\r\n`);
    }
  }
  if (command.grows && !run.allowOom && !run.wrote && isFull(call.world)) {
    return own(modern ? `-${OUT_OF_MEMORY}` : `-${OUT_OF_MEMORY}\r\n`);
  }
  return undefined;
}

/** redis.acl_check_cmd: 1 or 0; an error for what is no command. */
export function allowedFromScript(run: ScriptRun, argv: readonly ByteString[]): ByteString {
  const command = lookUp(run.call, argv);
  const name = `${isValkey(run.call) ? 'server' : 'redis'}.acl_check_cmd()`;
  if (command === undefined) return errorReply(`Invalid command passed to ${name}`);
  const fits = command.arity > 0 ? command.arity === argv.length : argv.length >= -command.arity;
  return fits || !since(run.call, 8) ? ':1\r\n' : errorReply(`Wrong number of args for ${name}`);
}
