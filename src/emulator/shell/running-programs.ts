import type { ByteString } from '../../model/bytes.ts';
import { folderPath } from '../folder-path.ts';
import { entryAt, pathContent } from './disk.ts';
import type { Program, ProgramCall, Programs } from './program.ts';

const MOST_WORDS = 64;

/** `sh -c TEXT`, `sh FILE`, or the input as a script. */
const shell: Program = (call) => {
  const at = call.args.findIndex((word) => /^-\w*c$/.test(word));
  if (at >= 0) return call.script(call.args[at + 1] ?? '', call.input);
  const file = call.args.find((word) => !word.startsWith('-'));
  if (file === undefined) return call.script(call.input);
  const content = pathContent(call.machine, folderPath(file, call.folder()));
  if (content !== undefined) return call.script(content);
  call.err(`${call.name}: 0: cannot open ${file.slice(0, 200)}: No such file\n`);
  return 2;
};

/** Runs what stands behind its own words. `own`: how many words that are no options it takes for itself. */
const prefix =
  (own = 0): Program =>
  (call) => {
    let at = 0;
    let left = own;
    for (; at < call.args.length; at++) {
      const word = call.args[at] ?? '';
      if (word.startsWith('-') || /^[A-Za-z_]\w*=/.test(word.slice(0, 64))) continue;
      if (left-- <= 0) break;
    }
    const words = call.args.slice(at);
    return words.length === 0 ? 0 : call.run(words);
  };

const xargs: Program = (call) => {
  const words = call.args.filter((word) => !word.startsWith('-'));
  const given = call.input
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  return call.run([...(words.length > 0 ? words : ['echo']), ...given], '');
};

const test: Program = (call) => {
  const words = call.args.at(-1) === ']' ? call.args.slice(0, -1) : call.args;
  return Number(!holds(call, words));
};

function holds(call: ProgramCall, words: readonly ByteString[]): boolean {
  const [first = '', second = '', third = ''] = words;
  if (first === '!') return !holds(call, words.slice(1));
  if (words.length === 2) {
    const entry = entryAt(call.machine, folderPath(second, call.folder()));
    switch (first) {
      case '-z':
        return second === '';
      case '-n':
        return second !== '';
      case '-d':
        return entry?.kind === 'folder';
      case '-f':
        return entry?.kind === 'file';
      case '-x':
        return entry?.mode.includes('x') === true;
      default:
        return entry !== undefined;
    }
  }
  if (words.length < 3) return first !== '';
  switch (second) {
    case '=':
    case '==':
      return first === third;
    case '!=':
      return first !== third;
    case '-eq':
      return Number(first) === Number(third);
    case '-ne':
      return Number(first) !== Number(third);
    case '-gt':
      return Number(first) > Number(third);
    case '-ge':
      return Number(first) >= Number(third);
    case '-lt':
      return Number(first) < Number(third);
    case '-le':
      return Number(first) <= Number(third);
    default:
      return false;
  }
}

/** Code of another language is not read; a literal that it prints at once, as a check that it runs, is given back. */
const interpreter: Program = (call) => {
  const code = call.args[call.args.findIndex((word) => /^-[ce]$/.test(word)) + 1] ?? '';
  const [, , said] = /^\s*print\s?\(?\s?(['"])([^'"\\]{0,256})\1\)?;?\s*$/.exec(code.slice(0, 512)) ?? [];
  if (said !== undefined) call.out(call.name === 'perl' ? said : `${said}\n`);
  return 0;
};

const kill: Program = (call) => {
  const id = call.args.at(-1) ?? '';
  if (!/^\d+$/.test(id) || Number(id) === call.machine.pid) return 0;
  call.err(`sh: 1: kill: ${Number(id) < 1_000 ? 'Operation not permitted' : 'No such process'}\n`);
  return 1;
};

const service: Program = (call) => {
  call.err(
    call.name === 'systemctl'
      ? 'Failed to connect to bus: No such file or directory\n'
      : `${call.args[0]?.slice(0, 64) ?? ''}: unrecognized service\n`,
  );
  return 1;
};

/** What runs other things, decides, waits and ends. */
export const runningPrograms: Programs = {
  ':': () => 0,
  '[': test,
  ash: shell,
  bash: shell,
  busybox: prefix(),
  dash: shell,
  disown: () => 0,
  exec: prefix(),
  false: () => 1,
  ionice: prefix(),
  kill,
  killall: () => 1,
  nice: prefix(),
  nohup: prefix(),
  perl: interpreter,
  pkill: () => 1,
  python3: interpreter,
  service,
  set: () => 0,
  setsid: prefix(),
  sh: shell,
  sleep: () => 0,
  stdbuf: prefix(),
  sudo: (call) => {
    call.err('sh: 1: sudo: not found\n');
    return 127;
  },
  systemctl: service,
  test,
  time: prefix(),
  timeout: prefix(1),
  trap: () => 0,
  true: () => 0,
  ulimit: () => 0,
  umask: () => 0,
  wait: () => 0,
  xargs,
};
