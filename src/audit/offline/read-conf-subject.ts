import { dirname, isAbsolute, join } from 'node:path';
import type { AclLines } from '../../dump/read-acl-file.ts';
import { readAclFile } from '../../dump/read-acl-file.ts';
import type { Directive } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { ConfFiles } from './conf-files.ts';
import { readConfFiles } from './conf-files.ts';
import type { SubjectFile } from './subject-files.ts';
import { isBelow } from './subject-files.ts';
import { readTextFile } from './text-file.ts';

export interface ConfSubject {
  readonly directives: readonly Directive[] | undefined;
  readonly aclLines: readonly ByteString[] | undefined;
  /** Why settings that are not there are no defaults, and why users that are not there may exist. */
  readonly incomplete: { readonly settings: string | undefined; readonly users: string | undefined };
  readonly remarks: readonly string[];
  /** Numbers of lines that cannot be understood, by path. */
  readonly badLines: ReadonlyMap<string, readonly number[]>;
}

/** The configuration and the users that the files of a subject amount to. */
export function readConfSubject(files: readonly SubjectFile[]): ConfSubject {
  const remarks: string[] = [];
  const badLines = new Map<string, readonly number[]>();
  const configs = files
    .filter(({ kind }) => kind === 'config')
    .map(({ path }) => ({ path: String(path), ...readOne(String(path), files.length > 1) }));
  const included = new Set(configs.flatMap((one) => one.included));
  const tops = configs.filter(({ path }) => !included.has(path));
  const own = tops.filter(({ directives }) => !directives.some(({ name }) => name === 'sentinel'));
  const used = own.length > 0 ? own : tops;
  for (const { path } of tops.filter((one) => !used.includes(one)))
    remarks.push(`${printableText(path, 300)}: the configuration of a Sentinel, not judged`);
  if (used.length > 1)
    remarks.push(`${used.length} configurations: they are judged as if they were one server's`);
  for (const one of used) {
    remarks.push(...one.remarks);
    badLines.set(one.path, one.badLines);
  }
  const directives = used.length === 0 ? undefined : used.flatMap((one) => one.directives);
  const settings = used.find(({ incomplete }) => incomplete !== undefined)?.incomplete;
  const users = readUsers(files, directives, used[0]?.path);
  for (const { path, faults } of users.lists) badLines.set(path, faults);
  const short = users.missing === undefined ? [] : [users.missing];
  return {
    directives,
    aclLines: users.lists.length === 0 ? undefined : users.lists.flatMap(({ lines }) => lines),
    // Where the users are in a file of their own, no other file tells of them.
    incomplete: { settings, users: users.missing ?? (users.lists.length > 0 ? undefined : settings) },
    remarks: [...remarks, ...short],
    badLines,
  };
}

/** One file of a folder that cannot be read is told, and leaves what it would have said unknown. */
function readOne(path: string, oneOfMany: boolean): ConfFiles {
  try {
    return readConfFiles(path);
  } catch (error) {
    const code = errorCode(error);
    if (!oneOfMany || code === undefined) throw error;
    const remark = `${printableText(path, 300)}: cannot be read (${code})`;
    return { directives: [], remarks: [remark], badLines: [], included: [], incomplete: remark };
  }
}

interface AclFile extends AclLines {
  readonly path: string;
}

/** ACL files that were given, or else `aclfile` of the configuration, where it lies below the folder of that. */
function readUsers(
  files: readonly SubjectFile[],
  directives: readonly Directive[] | undefined,
  conf: string | undefined,
): { readonly lists: readonly AclFile[]; readonly missing: string | undefined } {
  const given = files.filter(({ kind }) => kind === 'acl').map(({ path }) => String(path));
  const named = directives?.findLast(({ name }) => name === 'aclfile')?.args[0] ?? '';
  if (given.length > 0 || named === '' || conf === undefined) return complete(given.map(readUserFile));
  const root = dirname(conf);
  const place = isAbsolute(named) ? named : join(root, named);
  const shown = printableText(place, 300);
  try {
    if (isBelow(place, root)) return complete([readUserFile(place)]);
    return { lists: [], missing: `${shown}: the users are there, in another folder; name it as well` };
  } catch {
    return { lists: [], missing: `${shown}: the users are there, and it cannot be read` };
  }
}

function readUserFile(path: string): AclFile {
  return { path, ...readAclFile(readTextFile(path)) };
}

function complete(lists: readonly AclFile[]): {
  readonly lists: readonly AclFile[];
  readonly missing: string | undefined;
} {
  const cut = lists.find((one) => !one.complete);
  return {
    lists,
    missing:
      cut === undefined
        ? undefined
        : `${printableText(cut.path, 300)}: only the first users are read, there are too many`,
  };
}
