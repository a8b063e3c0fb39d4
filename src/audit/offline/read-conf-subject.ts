import { dirname, isAbsolute, join } from 'node:path';
import type { AclLines } from '../../dump/read-acl-file.ts';
import { readAclFile } from '../../dump/read-acl-file.ts';
import type { Directive } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printableText } from '../../model/printable.ts';
import { readConfFiles } from './conf-files.ts';
import type { SubjectFile } from './subject-files.ts';
import { isBelow } from './subject-files.ts';
import { readTextFile } from './text-file.ts';

export interface ConfSubject {
  readonly directives: readonly Directive[] | undefined;
  readonly aclLines: readonly ByteString[] | undefined;
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
    .map(({ path }) => ({ path: String(path), ...readConfFiles(String(path)) }));
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
  const lists = files
    .filter(({ kind }) => kind === 'acl')
    .map(({ path }): AclLines & { readonly path: string } => ({
      path: String(path),
      ...readAclFile(readTextFile(String(path))),
    }));
  for (const { path, faults } of lists) badLines.set(path, faults);
  const named = lists.length > 0 ? undefined : namedAclFile(directives, used[0]?.path, remarks);
  const all = named === undefined ? lists.map(({ lines }) => lines) : [named];
  return { directives, aclLines: all.length === 0 ? undefined : all.flat(), remarks, badLines };
}

/** `aclfile` of the configuration, where it lies below the folder of that. */
function namedAclFile(
  directives: readonly Directive[] | undefined,
  conf: string | undefined,
  remarks: string[],
): readonly ByteString[] | undefined {
  const file = directives?.findLast(({ name }) => name === 'aclfile')?.args[0] ?? '';
  if (file === '' || conf === undefined) return undefined;
  const root = dirname(conf);
  const place = isAbsolute(file) ? file : join(root, file);
  try {
    if (isBelow(place, root)) return readAclFile(readTextFile(place)).lines;
    remarks.push(`${printableText(place, 300)}: the users are there, in another folder; name it as well`);
  } catch {
    remarks.push(`${printableText(place, 300)}: the users are there, and it cannot be read`);
  }
  return undefined;
}
