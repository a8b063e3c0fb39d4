import type { ByteString } from '../../model/bytes.ts';
import {
  array,
  bulk,
  bulks,
  errorReply,
  integer,
  map,
  nullBulk,
  OK,
  set,
  simpleString,
} from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail } from '../command.ts';
import { globMatches } from '../glob.ts';
import { helpReply } from '../help-reply.ts';
import type { Library } from '../lua/library.ts';
import { findFunction, librariesOf, libraryBody, scriptFlags } from '../lua/library.ts';
import { dumpedLibraries, dumpLibraries } from '../lua/library-dump.ts';
import { loadLibrary } from '../lua/load-library.ts';
import { newRun } from '../lua/script-call.ts';
import { killScript, runningScript, runScript } from '../lua/script-engine.ts';
import type { ScriptName } from '../lua/script-errors.ts';
import { busyReply } from '../lua/script-errors.ts';
import { answerFor, finishScript } from '../lua/script-job.ts';
import { refuseDeclared, scriptWords } from '../lua/script-start.ts';
import { isDump } from '../rdb/dump.ts';
import { container } from '../subcommand.ts';

function call_(call: Call, readOnly: boolean): ByteString {
  const all = librariesOf(call.world);
  const found = findFunction(all, argument(call, 1));
  const library = all.get(found?.library ?? '');
  if (found === undefined || library === undefined) return errorReply('ERR Function not found');
  const { keys, args } = scriptWords(call, 'ERR Bad number of keys provided');
  const flags = scriptFlags(found);
  refuseDeclared(call, flags, readOnly);
  const run = newRun(call, flags, readOnly);
  const script: ScriptName = { kind: 'function', name: found.name };
  return runScript({
    run,
    script,
    body: library.code,
    task: {
      kind: 'call',
      world: call.client.view.name,
      name: found.name,
      library: library.name,
      body: libraryBody(library.code),
      resp: call.client.resp,
      keys,
      args,
      seed: call.world.random.below(2_147_483_647),
    },
    answer: answerFor(run),
    finish: (outcome) => finishScript(call, script, outcome),
  });
}

function load(call: Call): ByteString {
  const options = call.argv.slice(2, -1);
  for (const option of options) {
    if (option.toLowerCase() !== 'replace') return errorReply(`ERR Unknown option given: ${option}`);
  }
  const library = loadLibrary(call, librariesOf(call.world), call.argv.at(-1) ?? '', options.length > 0);
  call.world.dirty++;
  return bulk(library.name);
}

function list(call: Call): ByteString {
  let pattern: ByteString | undefined;
  let code = false;
  for (let at = 2; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (word === 'withcode' && !code) code = true;
    else if (word === 'libraryname' && pattern === undefined) {
      if (at + 1 >= call.argv.length) return errorReply('ERR library name argument was not given');
      pattern = argument(call, ++at);
    } else return errorReply(`ERR Unknown argument ${argument(call, at)}`);
  }
  const shown = [...librariesOf(call.world).values()].filter(
    ({ name }) => pattern === undefined || globMatches(pattern.toLowerCase(), name.toLowerCase()),
  );
  return array(shown.map((library) => described(call, library, code)));
}

function described(call: Call, library: Library, code: boolean): ByteString {
  const { resp } = call.client;
  const functions = library.functions.map(({ name, description, flags }) =>
    map(
      [
        bulk('name'),
        bulk(name),
        bulk('description'),
        description === undefined ? nullBulk(resp) : bulk(description),
        bulk('flags'),
        set(flags.map(simpleString), resp),
      ],
      resp,
    ),
  );
  return map(
    [
      bulk('library_name'),
      bulk(library.name),
      bulk('engine'),
      bulk('LUA'),
      bulk('functions'),
      array(functions),
      ...(code ? [bulk('library_code'), bulk(library.code)] : []),
    ],
    resp,
  );
}

function stats(call: Call): ByteString {
  const { resp } = call.client;
  const all = [...librariesOf(call.world).values()];
  const running = runningScript(call.world);
  if (running?.script.kind === 'script') return errorReply(busyReply(call.world, 'script'));
  const what =
    running === undefined
      ? nullBulk(resp)
      : map(
          [
            bulk('name'),
            bulk(running.script.name),
            bulk('command'),
            bulks(running.argv),
            bulk('duration_ms'),
            integer(Math.trunc(call.world.clock.monotonic() - running.since)),
          ],
          resp,
        );
  const counts = map(
    [
      bulk('libraries_count'),
      integer(all.length),
      bulk('functions_count'),
      integer(all.reduce((total, library) => total + library.functions.length, 0)),
    ],
    resp,
  );
  return map([bulk('running_script'), what, bulk('engines'), map([bulk('LUA'), counts], resp)], resp);
}

/** The older form of the sentence, which the container subcommands of FUNCTION have kept. */
function wrongWords(call: Call): ByteString {
  return errorReply(
    `ERR unknown subcommand or wrong number of arguments for '${argument(call, 1)}'. Try FUNCTION HELP.`,
  );
}

function flush(call: Call): ByteString {
  const [, , mode, more] = call.argv;
  if (more !== undefined) return wrongWords(call);
  if (mode !== undefined && !['sync', 'async'].includes(mode.toLowerCase())) {
    return errorReply('ERR FUNCTION FLUSH only supports SYNC|ASYNC option');
  }
  librariesOf(call.world).clear();
  call.world.dirty++;
  return OK;
}

function restore(call: Call): ByteString {
  const [, , payload = '', policy = 'append', more] = call.argv;
  if (more !== undefined) return wrongWords(call);
  const how = policy.toLowerCase();
  if (!['append', 'replace', 'flush'].includes(how)) {
    return errorReply('ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.');
  }
  if (!isDump(payload, call.world.persona.rdbVersion)) {
    return errorReply('ERR DUMP payload version or checksum are wrong');
  }
  const codes = dumpedLibraries(payload);
  if (codes === undefined) return errorReply('ERR given type is not a function');
  const all = librariesOf(call.world);
  // All or nothing: what fails half-way leaves the libraries as they were.
  const fresh = how === 'flush' ? new Map<string, Library>() : new Map(all);
  for (const code of codes) {
    const before = new Map(fresh);
    const library = loadLibrary(call, fresh, code, true);
    if (how === 'append' && before.has(library.name)) fail(`ERR Library ${library.name} already exists`);
  }
  all.clear();
  for (const [name, library] of fresh) all.set(name, library);
  call.world.dirty++;
  return OK;
}

export const functions: Family = {
  fcall: (call) => call_(call, false),
  fcall_ro: (call) => call_(call, true),
  function: container({
    load: { words: -2, run: load },
    list: { words: -1, run: list },
    stats: { words: 1, run: stats },
    help: { words: 1, run: (call) => helpReply(call, 'FUNCTION') },
    flush: { words: -1, run: flush },
    kill: { words: 1, run: ({ world }) => killScript(world, 'function') },
    delete: {
      words: 2,
      run: (call) => {
        if (!librariesOf(call.world).delete(argument(call, 2))) return errorReply('ERR Library not found');
        call.world.dirty++;
        return OK;
      },
    },
    dump: {
      words: 1,
      run: (call) =>
        bulk(
          dumpLibraries(
            [...librariesOf(call.world).values()].map(({ code }) => code),
            call.world.persona.rdbVersion,
          ),
        ),
    },
    restore: { words: -2, run: restore },
  }),
};
