import type { ShellCommand } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import { folderPath } from '../folder-path.ts';
import { pathContent } from './disk.ts';
import type { Environment, Stream } from './environment.ts';
import { childOf, firstEnvironment } from './environment.ts';
import { wordText, wordTexts } from './expand.ts';
import type { Machine } from './machine.ts';
import { parseLine } from './parser.ts';
import type { ProgramCall } from './program.ts';
import { PROGRAMS } from './programs.ts';
import { writeFile } from './shell-state.ts';
import type { Command, List, Pipeline, Redirect } from './syntax.ts';

const LONGEST_LINE = 65_536;
const LONGEST_OUTPUT = 65_536;
const MOST_STEPS = 2_000;
const DEEPEST = 12;
const MOST_TURNS = 64;
const MOST_VARIABLES = 128;
/** Lines within a line that become acts of their own. */
const MOST_ACTS = 16;
/** Of a line, in an act. */
export const KEPT_BYTES = 16_384;

export interface ShellResult {
  /** What the line printed, errors left out, as popen gives it. */
  readonly output: ByteString;
  /** What was hidden in the line: scripts that it decoded or fed to a shell. The line itself is the caller's to tell. */
  readonly acts: readonly ShellCommand[];
}

/**
 * Plays a line as `sh -c` would have on the pretended machine. Nothing is run, opened or fetched: programs are
 * functions of this folder, files are entries of a map. Bounded in steps, depth, output and files; never throws.
 */
export function runShell(line: ByteString, machine: Machine): ShellResult {
  const acts: ShellCommand[] = [];
  const budget = { steps: MOST_STEPS, output: LONGEST_OUTPUT };
  let output = '';
  const out: Stream = (text) => {
    const kept = text.slice(0, Math.max(0, budget.output));
    budget.output -= kept.length;
    output += kept;
  };
  const run = createInterpreter(machine, budget, (text) => {
    if (acts.length < MOST_ACTS) {
      acts.push({ type: 'shell.command', via: 'line', line: text.slice(0, KEPT_BYTES) });
    }
  });
  run(line, firstEnvironment(machine, out));
  return { output, acts };
}

interface Budget {
  steps: number;
  output: number;
}

/** Ends all of a line at once: `exit`, and a budget that is used up. */
class Ended extends Error {}

type Interpret = (line: ByteString, env: Environment) => number;

function createInterpreter(machine: Machine, budget: Budget, told: (text: ByteString) => void): Interpret {
  const spend = (): void => {
    if (budget.steps-- <= 0) throw new Ended();
  };

  const line: Interpret = (text, env) => {
    const parsed = parseLine(text.slice(0, LONGEST_LINE));
    if ('fault' in parsed) {
      env.err(`sh: 1: ${parsed.fault}\n`);
      return 2;
    }
    try {
      return list(parsed, env);
    } catch (error) {
      if (error instanceof Ended) return env.status;
      throw error;
    }
  };

  const list = (body: List, env: Environment): number => {
    for (const one of body) {
      if (one.after === '&&' && env.status !== 0) continue;
      if (one.after === '||' && env.status === 0) continue;
      env.status = pipeline(one, env);
      if (one.background) {
        machine.state.lastPid++;
        env.status = 0;
      }
    }
    return env.status;
  };

  const pipeline = ({ commands, negated }: Pipeline, env: Environment): number => {
    let { input } = env;
    let status = 0;
    for (const [index, one] of commands.entries()) {
      let piped = '';
      const isLast = index === commands.length - 1;
      const out: Stream = isLast
        ? env.out
        : (text) => {
            if (piped.length < LONGEST_OUTPUT) piped += text;
          };
      // What stands in a pipe runs in a shell of its own.
      const inner = commands.length === 1 ? env : childOf(env);
      status = command(one, { ...inner, input, out, variables: inner.variables }, inner);
      input = piped;
    }
    return negated ? Number(status === 0) : status;
  };

  /** `io` has the streams, `env` is what assignments and `cd` change. */
  const command = (one: Command, io: Environment, env: Environment): number => {
    spend();
    if (io.depth > DEEPEST) throw new Ended();
    switch (one.kind) {
      case 'simple':
        return simple(one, io, env);
      case 'group':
        return redirected(one.redirects, io, (streams) => list(one.body, { ...childOf(streams), status: 0 }));
      case 'if':
        for (const { test, body } of one.branches) if (list(test, io) === 0) return list(body, io);
        return one.otherwise === undefined ? 0 : list(one.otherwise, io);
      case 'for': {
        const words = one.words.flatMap((word) => wordTexts(word, io, substitute));
        for (const text of words.slice(0, MOST_TURNS)) {
          io.variables.set(one.name, text);
          list(one.body, io);
        }
        return io.status;
      }
      case 'while':
        for (let turn = 0; turn < MOST_TURNS && (list(one.test, io) === 0) !== one.until; turn++) {
          list(one.body, io);
        }
        return 0;
    }
  };

  const simple = (one: Extract<Command, { kind: 'simple' }>, io: Environment, env: Environment): number => {
    const words = one.words.flatMap((word) => wordTexts(word, io, substitute));
    // Those before a command are for it alone.
    const variables = words.length === 0 ? io.variables : new Map(io.variables);
    for (const { name, value } of one.assigned) {
      const text = wordText(value, { ...io, variables }, substitute);
      if (variables.size < MOST_VARIABLES || variables.has(name)) variables.set(name, text);
    }
    return redirected(one.redirects, io, (streams) => {
      if (words.length === 0) return 0;
      const kept = one.assigned.length === 0 ? io.variables : variables;
      return program(words, { ...streams, variables: kept }, env);
    });
  };

  const program = (words: readonly ByteString[], io: Environment, env: Environment): number => {
    spend();
    const [name = '', ...args] = words;
    const base = name.slice(name.lastIndexOf('/') + 1);
    const found = Object.hasOwn(PROGRAMS, base) && isInPath(name, base) ? PROGRAMS[base] : undefined;
    if (name === 'exit') {
      env.status = Number(args[0] ?? env.status) & 255 || 0;
      io.status = env.status;
      throw new Ended();
    }
    if (name === 'eval') return line(args.join(' '), childOf(io));
    const call: ProgramCall = {
      name: base,
      args,
      input: io.input,
      machine,
      variables: io.variables,
      folder: () => io.folder,
      enter: (folder) => {
        env.folder = folder;
        io.folder = folder;
      },
      out: io.out,
      err: io.err,
      run: (inner, input = io.input) => program(inner, { ...childOf(io), input }, env),
      script: (text, input = '') => {
        if (text.trim() !== '') told(text);
        return line(text, { ...childOf(io), input, status: 0 });
      },
    };
    if (found !== undefined) return found(call);
    return unknown(name, call);
  };

  /** A file by its path: what a visitor has put there is read as a script when it is one. */
  const unknown = (name: string, call: ProgramCall): number => {
    if (!name.includes('/')) {
      call.err(`sh: 1: ${name.slice(0, 200)}: not found\n`);
      return 127;
    }
    const path = folderPath(name, call.folder());
    const file = machine.disk.files.get(path);
    if (file === undefined) {
      call.err(`sh: 1: ${name.slice(0, 200)}: not found\n`);
      return 127;
    }
    if (!file.executable) {
      call.err(`sh: 1: ${name.slice(0, 200)}: Permission denied\n`);
      return 126;
    }
    return /^[\n -~\t]/.test(file.content) ? call.script(file.content) : 0;
  };

  const substitute = (text: ByteString, env: Environment): ByteString => {
    let output = '';
    const out: Stream = (more) => {
      if (output.length < LONGEST_OUTPUT) output += more;
    };
    if (env.depth >= DEEPEST) throw new Ended();
    line(text, { ...childOf(env), out, input: '' });
    return output.replace(/\n{1,4096}$/, '');
  };

  const redirected = (
    redirects: readonly Redirect[],
    io: Environment,
    run: (streams: Environment) => number,
  ): number => {
    const streams: Environment = { ...io };
    const files: (() => void)[] = [];
    for (const { from, how, target } of redirects) {
      const text = wordText(target, io, substitute);
      if (how === 'copy') {
        if (text === '-') streams[from === 2 ? 'err' : 'out'] = () => undefined;
        else if (from === 2 && text === '1') streams.err = streams.out;
        else if (from === 1 && text === '2') streams.out = streams.err;
        continue;
      }
      if (how === 'here') {
        streams.input = `${text}\n`;
        continue;
      }
      const path = folderPath(text, io.folder);
      if (how === 'read') {
        const content = pathContent(machine, path);
        if (content === undefined) {
          io.err(`sh: 1: cannot open ${text.slice(0, 200)}: No such file\n`);
          return 2;
        }
        streams.input = content;
        continue;
      }
      const sink = fileStream(path, how === 'append');
      files.push(sink.close);
      if (from !== 2) streams.out = sink.write;
      if (from === 2 || from === -1) streams.err = sink.write;
    }
    const status = run(streams);
    for (const close of files) close();
    return status;
  };

  /** A device swallows what it is given; a connection that bash would open is not there. */
  const fileStream = (path: string, append: boolean): { write: Stream; close: () => void } => {
    if (path.startsWith('/dev/')) return { write: () => undefined, close: () => undefined };
    const before = machine.disk.files.get(path);
    let content = append ? (before?.content ?? '') : '';
    return {
      write: (text) => {
        if (content.length < LONGEST_OUTPUT * 4) content += text;
      },
      close: () => {
        writeFile(machine.disk, path, {
          content,
          executable: before?.executable ?? false,
          changed: machine.now,
        });
      },
    };
  };
  return line;
}

/** A program called by its path has to be where programs are. */
function isInPath(name: string, base: string): boolean {
  if (!name.includes('/')) return true;
  return ['/bin/', '/usr/bin/', '/sbin/', '/usr/sbin/', '/usr/local/bin/'].some(
    (one) => name === `${one}${base}`,
  );
}
