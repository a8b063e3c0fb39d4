import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isAof } from '../../dump/read-aof.ts';
import { readManifest } from '../../dump/read-manifest.ts';
import { isRdb } from '../../dump/read-rdb.ts';
import type { SubjectKind } from '../../model/audit-report.ts';
import { printableText } from '../../model/printable.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { DataFile } from './data-file.ts';
import { openDataFile } from './data-file.ts';
import type { FileKind } from './dump-file.ts';
import { fileKind } from './file-kind.ts';

/** A file that is read. */
export interface SubjectFile {
  /** A path, or 0 for standard input. */
  readonly path: string | 0;
  readonly kind: FileKind;
}

/** What a path stands for. */
export interface SubjectFiles {
  readonly kind: SubjectKind;
  readonly files: readonly SubjectFile[];
  /** What was left aside, and why. */
  readonly remarks: readonly string[];
  /** Standard input, of which the beginning has been read. */
  readonly open?: DataFile | undefined;
}

export interface NoSubject {
  readonly fault: string;
}

/** Names of a folder that are looked at, files that are read, bytes of a manifest. */
const MOST_NAMES = 10_000;
const MOST_FILES = 1_000;
const LONGEST_TEXT = 4_194_304;

/** The files behind a path: the file itself, or all of a Redis in a folder and in the folders right below it. */
export function subjectFiles(path: string): SubjectFiles | NoSubject {
  if (path === '-') return standardInput();
  try {
    const about = statSync(path);
    if (about.isDirectory()) return folder(path);
    if (about.isFile()) return file(path);
    return { fault: `${printableText(path, 300)} is no plain file. What a pipe holds is read from -.` };
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    if (code === 'ENOENT') return { fault: `There is no file ${printableText(path, 300)}.` };
    return { fault: `${printableText(path, 300)} cannot be read (${code}).` };
  }
}

/** Data only: a text is short enough to be put into a file. */
function standardInput(): SubjectFiles | NoSubject {
  const input = openDataFile(0, 'rdb', true);
  const kind = isRdb(input.window) ? 'rdb' : isAof(input.window) ? 'aof' : undefined;
  if (kind === undefined) return { fault: 'Standard input is no dump and no append-only file.' };
  // An append-only file may begin with a dump: what follows that is read as well.
  return { kind, files: [{ path: 0, kind }], remarks: [], open: { ...input, kind: 'aof' } };
}

function file(path: string): SubjectFiles | NoSubject {
  const kind = fileKind(path);
  switch (kind) {
    case undefined:
      return { fault: `${printableText(path, 300)} is no dump, append-only file, redis.conf or ACL file.` };
    case 'manifest':
      return { kind: 'aof', ...manifestFiles(path) };
    default:
      return { kind, files: [{ path, kind }], remarks: [] };
  }
}

function folder(path: string): SubjectFiles | NoSubject {
  const found = filesBelow(path);
  const manifests = found.files.filter(({ kind }) => kind === 'manifest');
  const named = manifests.map(({ path: manifest }) => manifestFiles(String(manifest)));
  // What a manifest does not name is of the past; what it names is read in its order.
  const folders = new Set(manifests.map(({ path: manifest }) => dirname(String(manifest))));
  const others = found.files.filter(
    (one) => one.kind !== 'manifest' && !(isData(one) && folders.has(dirname(String(one.path)))),
  );
  const beside = found.files.filter((one) => isData(one) && folders.has(dirname(String(one.path)))).length;
  const files = [...others, ...named.flatMap((one) => one.files)];
  if (files.length === 0) {
    return { fault: `${printableText(path, 300)} holds no dump, append-only file, redis.conf or ACL file.` };
  }
  const taken = named.reduce((sum, one) => sum + one.files.length, 0);
  return {
    kind: 'folder',
    files,
    remarks: [
      ...found.remarks,
      ...named.flatMap((one) => one.remarks),
      ...(beside > taken ? [`${beside - taken} files beside a manifest that does not name them`] : []),
    ],
  };
}

const isData = ({ kind }: SubjectFile): boolean => kind === 'aof' || kind === 'rdb';

function filesBelow(path: string): { readonly files: SubjectFile[]; readonly remarks: string[] } {
  const files: SubjectFile[] = [];
  const remarks: string[] = [];
  const top = names(path, remarks);
  const below = top.filter((name) => isFolder(join(path, name)));
  const all = [
    ...top.map((name) => join(path, name)),
    ...below.flatMap((name) => names(join(path, name), remarks).map((inner) => join(path, name, inner))),
  ];
  for (const one of all) {
    if (files.length >= MOST_FILES) {
      remarks.push(`further files of ${printableText(path, 300)}: only ${MOST_FILES} are read`);
      break;
    }
    if (!isOwnFile(one, path)) continue;
    try {
      const kind = fileKind(one);
      if (kind !== undefined) files.push({ path: one, kind });
    } catch (error) {
      const code = errorCode(error) ?? 'error';
      remarks.push(`${printableText(one, 300)}: cannot be read (${code})`);
    }
  }
  return { files, remarks };
}

/** No link to one. What is taken away meanwhile is none. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function names(path: string, remarks: string[]): string[] {
  try {
    const all = readdirSync(path).toSorted();
    if (all.length > MOST_NAMES)
      remarks.push(`further files of ${printableText(path, 300)}: only ${MOST_NAMES} are looked at`);
    return all.slice(0, MOST_NAMES);
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    remarks.push(`${printableText(path, 300)}: cannot be read (${code})`);
    return [];
  }
}

/** A plain file, and none that a link leads to elsewhere. */
function isOwnFile(path: string, root: string): boolean {
  try {
    return statSync(path).isFile() && isBelow(path, root);
  } catch {
    return false;
  }
}

/** True when the file really lies below the folder, whatever links its path has. */
export function isBelow(path: string, root: string): boolean {
  const place = realpathSync(root);
  return realpathSync(path).startsWith(place.endsWith(sep) ? place : `${place}${sep}`);
}

function manifestFiles(path: string): Pick<SubjectFiles, 'files' | 'remarks'> {
  const remarks: string[] = [];
  const files: SubjectFile[] = [];
  if (statSync(path).size > LONGEST_TEXT)
    return { files, remarks: [`${printableText(path, 300)}: too long`] };
  for (const { name } of readManifest(readFileSync(path, 'latin1')) ?? []) {
    const place = join(dirname(path), Buffer.from(name, 'latin1').toString());
    if (!isOwnFile(place, dirname(path))) {
      remarks.push(`${printableText(place, 300)}: its manifest names it, and it is not there`);
      continue;
    }
    const kind = fileKind(place);
    // An increment to which nothing was written is empty.
    if (kind === 'rdb' || kind === 'aof') files.push({ path: place, kind });
  }
  return { files, remarks };
}
