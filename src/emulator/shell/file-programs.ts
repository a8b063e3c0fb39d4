import type { ByteString } from '../../model/bytes.ts';
import { folderPath } from '../folder-path.ts';
import type { Entry } from './disk.ts';
import { entryAt, isFolder, mayRead, mayWrite, namesIn, pathContent } from './disk.ts';
import type { Program, ProgramCall, Programs } from './program.ts';
import { optionsOf } from './program.ts';
import { removeFile, writeFile } from './shell-state.ts';

const MOST_PATHS = 64;

const pathOf = (call: ProgramCall, name: ByteString): string => folderPath(name, call.folder());

/** Content of each file named, or of the input; what cannot be read is said and remembered. */
function contents(call: ProgramCall, names: readonly ByteString[]): { texts: ByteString[]; status: number } {
  if (names.length === 0) return { texts: [call.input], status: 0 };
  let status = 0;
  const texts = names.slice(0, MOST_PATHS).flatMap((name) => {
    if (name === '-') return [call.input];
    const path = pathOf(call, name);
    const content = pathContent(call.machine, path);
    if (content !== undefined) return [content];
    status = 1;
    call.err(`${call.name}: ${name}: ${whyNot(call, path)}\n`);
    return [];
  });
  return { texts, status };
}

function whyNot(call: ProgramCall, path: string): string {
  if (!mayRead(path)) return 'Permission denied';
  return isFolder(call.machine, path) ? 'Is a directory' : 'No such file or directory';
}

const cat: Program = (call) => {
  const { texts, status } = contents(call, optionsOf(call.args).rest);
  for (const text of texts) call.out(text);
  return status;
};

const part =
  (fromEnd: boolean): Program =>
  (call) => {
    const count = Number(/(?:^| )-n? ?(\d{1,6})/.exec(call.args.join(' ').slice(0, 256))?.[1] ?? 10);
    const names = call.args.filter(
      (word, index) => !word.startsWith('-') && !/^-n$/.test(call.args[index - 1] ?? ''),
    );
    const { texts, status } = contents(call, names);
    for (const text of texts) {
      const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
      const kept = fromEnd ? lines.slice(-count) : lines.slice(0, count);
      if (text !== '' && count > 0) call.out(`${kept.join('\n')}\n`);
    }
    return status;
  };

const ls: Program = (call) => {
  const { letters, rest } = optionsOf(call.args);
  const long = letters.has('l');
  let status = 0;
  const named = rest.length === 0 ? ['.'] : rest.slice(0, MOST_PATHS);
  for (const name of named) {
    const path = pathOf(call, name);
    const entry = entryAt(call.machine, path);
    if (entry === undefined) {
      call.err(`ls: cannot access '${name}': No such file or directory\n`);
      status = 2;
    } else if (entry.kind === 'file' || letters.has('d'))
      call.out(long ? longLine(entry, name) : `${name}\n`);
    else if (!mayRead(path)) {
      call.err(`ls: cannot open directory '${name}': Permission denied\n`);
      status = 2;
    } else {
      if (named.length > 1) call.out(`${name}:\n`);
      const hidden = letters.has('a') ? ['.', '..'] : [];
      const shown = [
        ...hidden,
        ...namesIn(call.machine, path).filter(
          (one) => letters.has('a') || letters.has('A') || !one.startsWith('.'),
        ),
      ];
      if (long) call.out(`total ${shown.length * 4}\n`);
      for (const one of shown) {
        const inner = long ? entryAt(call.machine, folderPath(one, path)) : undefined;
        call.out(inner === undefined ? `${one}\n` : longLine(inner, one));
      }
    }
  }
  return status;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function longLine({ kind, mode, owner, size, changed }: Entry, name: string): string {
  const at = new Date(changed);
  const time = `${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 16)}`;
  const links = kind === 'folder' ? 2 : 1;
  return `${kind === 'folder' ? 'd' : '-'}${mode} ${links} ${owner} ${owner} ${String(size).padStart(8)} ${time} ${name}\n`;
}

const change =
  (one: (call: ProgramCall, path: string, name: ByteString) => string | undefined): Program =>
  (call) => {
    let status = 0;
    for (const name of optionsOf(call.args).rest.slice(0, MOST_PATHS)) {
      const fault = one(call, pathOf(call, name), name);
      if (fault === undefined) continue;
      call.err(`${call.name}: ${fault}\n`);
      status = 1;
    }
    return status;
  };

const rm = change((call, path, name) => {
  const forced = call.args.some((word) => /^-\w*f/.test(word));
  if (!mayWrite(call.machine, path)) {
    if (entryAt(call.machine, path) !== undefined) return `cannot remove '${name}': Permission denied`;
    return forced ? undefined : `cannot remove '${name}': No such file or directory`;
  }
  removeFile(call.machine.disk, path);
  return undefined;
});

const touch = change((call, path, name) => {
  if (!mayWrite(call.machine, path)) return `cannot touch '${name}': Permission denied`;
  const before = call.machine.disk.files.get(path);
  writeFile(call.machine.disk, path, {
    content: before?.content ?? '',
    executable: before?.executable ?? false,
    changed: call.machine.now,
  });
  return undefined;
});

const chmod: Program = (call) => {
  const [mode = '', ...names] = call.args.filter(
    (word) => !/^-[a-zA-Z]*R?$/.test(word) || /^-[rwx]/.test(word),
  );
  const executable = /x|[1357]/.test(mode);
  let status = 0;
  for (const name of names.slice(0, MOST_PATHS)) {
    const path = pathOf(call, name);
    const file = call.machine.disk.files.get(path);
    if (file !== undefined) writeFile(call.machine.disk, path, { ...file, executable });
    else if (!call.machine.received.includes(path)) {
      const there = entryAt(call.machine, path) !== undefined;
      call.err(
        there
          ? `chmod: changing permissions of '${name}': Operation not permitted\n`
          : `chmod: cannot access '${name}': No such file or directory\n`,
      );
      status = 1;
    }
  }
  return status;
};

const copy =
  (moves: boolean): Program =>
  (call) => {
    const { rest } = optionsOf(call.args);
    const target = rest.at(-1) ?? '';
    for (const name of rest.slice(0, -1).slice(0, MOST_PATHS)) {
      const from = pathOf(call, name);
      const content = pathContent(call.machine, from);
      if (content === undefined) {
        call.err(`${call.name}: cannot stat '${name}': No such file or directory\n`);
        return 1;
      }
      const into = pathOf(call, target);
      const path = isFolder(call.machine, into)
        ? folderPath(from.slice(from.lastIndexOf('/') + 1), into)
        : into;
      if (!mayWrite(call.machine, path)) {
        call.err(`${call.name}: cannot create regular file '${target}': Permission denied\n`);
        return 1;
      }
      const executable = call.machine.disk.files.get(from)?.executable ?? false;
      writeFile(call.machine.disk, path, { content, executable, changed: call.machine.now });
      if (moves) removeFile(call.machine.disk, from);
    }
    return 0;
  };

const cd: Program = (call) => {
  const [name = '/root'] = call.args;
  const path = pathOf(call, name);
  if (isFolder(call.machine, path) && mayRead(path)) {
    call.enter(path);
    return 0;
  }
  call.err(`sh: 1: cd: can't cd to ${name}\n`);
  return 2;
};

/** What is installed becomes evidence as any script. */
const crontab: Program = (call) => {
  const { account, disk, now } = call.machine;
  const path = `/var/spool/cron/crontabs/${account}`;
  const { letters, rest } = optionsOf(call.args);
  const there = disk.files.get(path);
  if (letters.has('l') || letters.has('r')) {
    if (there === undefined) {
      call.err(`no crontab for ${account}\n`);
      return 1;
    }
    if (letters.has('r')) removeFile(disk, path);
    else call.out(there.content);
    return 0;
  }
  const [name = '-'] = rest;
  const content = name === '-' ? call.input : pathContent(call.machine, pathOf(call, name));
  if (content !== undefined) writeFile(disk, path, { content, executable: false, changed: now });
  return content === undefined ? 1 : 0;
};

const tee: Program = (call) => {
  call.out(call.input);
  for (const name of optionsOf(call.args).rest.slice(0, MOST_PATHS)) {
    const path = pathOf(call, name);
    if (mayWrite(call.machine, path))
      writeFile(call.machine.disk, path, {
        content: call.input,
        executable: false,
        changed: call.machine.now,
      });
  }
  return 0;
};

const find: Program = (call) => {
  const [root = '.'] = call.args.filter((word) => !word.startsWith('-'));
  const path = pathOf(call, root);
  if (!isFolder(call.machine, path) || !mayRead(path)) return 1;
  // Searches by kind or owner find nothing: there is nothing that would reward them.
  if (call.args.some((word) => word.startsWith('-') && word !== '-maxdepth')) return 0;
  call.out(`${root}\n`);
  for (const name of namesIn(call.machine, path)) call.out(`${root.replace(/\/$/, '')}/${name}\n`);
  return 0;
};

/** Files and folders. What is written stays in a map of the sensor. */
export const filePrograms: Programs = {
  cat,
  cd,
  chattr: () => 0,
  chgrp: () => 0,
  chmod,
  chown: () => 0,
  cp: copy(false),
  crontab,
  find,
  head: part(false),
  less: cat,
  ln: () => 0,
  ls,
  lsattr: () => 0,
  mkdir: () => 0,
  mktemp: (call) => {
    const name = Array.from(
      { length: 10 },
      () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[call.machine.random(62)],
    ).join('');
    const path = `/tmp/tmp.${name}`;
    writeFile(call.machine.disk, path, { content: '', executable: false, changed: call.machine.now });
    call.out(`${path}\n`);
    return 0;
  },
  more: cat,
  mv: copy(true),
  pwd: (call) => {
    call.out(`${call.folder()}\n`);
    return 0;
  },
  rm,
  rmdir: () => 0,
  sync: () => 0,
  tail: part(true),
  tee,
  touch,
};
