import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { bufferSource } from '../../dump/byte-source.ts';
import { createByteWindow } from '../../dump/byte-window.ts';
import { libraryName } from '../../dump/library-name.ts';
import { printableText } from '../../model/printable.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { Subject } from '../subject.ts';
import type { AofLives } from './aof-lives.ts';
import { createAofLives } from './aof-lives.ts';
import type { DataFile } from './data-file.ts';
import { openDataFile, readDataFile, totalSize } from './data-file.ts';
import type { DumpFile } from './dump-file.ts';
import { createSideNotes, fileFacts } from './file-facts.ts';
import { readConfSubject } from './read-conf-subject.ts';
import type { SubjectFile, SubjectFiles } from './subject-files.ts';
import { createTurns } from './turns.ts';

/** All that is known before the first value is judged. */
export interface GatheredFiles {
  readonly facts: ServerFacts;
  readonly files: readonly DumpFile[];
  /** Dumps and append-only files, in the order in which they are read. */
  readonly data: readonly SubjectFile[];
  /** Of each of these, what `AofLives` adds to its offsets. */
  readonly places: ReadonlyMap<SubjectFile['path'], number>;
  /** Bytes of these; undefined for a pipe. */
  readonly size: number | undefined;
  /** What append-only files deleted again; undefined where they can be read only once. */
  readonly lives: AofLives | undefined;
  /** Standard input, which is open already. */
  readonly open: DataFile | undefined;
}

/** Files are so far apart on one line that a damaged one, or one that grows, moves no other: 4 TiB, 1,000 times below 2^53. */
const FILE_SPAN = 2 ** 42;

/** So much stands before the keys of an honest dump, at most. */
const MOST_SIDE_RECORDS = 100_000;

export async function gatherFileFacts(
  subject: Subject,
  { files, remarks, open }: SubjectFiles,
  { signal }: { readonly signal?: AbortSignal | undefined },
): Promise<GatheredFiles> {
  const conf = readConfSubject(files);
  const data = files.filter(({ kind }) => kind === 'rdb' || kind === 'aof');
  const notes = createSideNotes();
  for (const { path, kind } of data) {
    if (path !== 0 && kind === 'rdb') await firstRecords(openDataFile(path, 'rdb', false), notes.take);
  }
  if (open !== undefined) await firstRecords(copyOf(open), notes.take);
  const logs = data.filter(({ path, kind }) => path !== 0 && kind === 'aof');
  const lives = logs.length === 0 ? undefined : createAofLives();
  const places = new Map(data.map(({ path }, index) => [path, index * FILE_SPAN]));
  for (const { path } of logs) {
    const place = places.get(path) ?? 0;
    const turns = createTurns(undefined, undefined, signal, undefined);
    await readDataFile(openDataFile(path, 'aof', false), { wanted: () => NOTHING }, (record, offset) => {
      if (record.kind === 'command') {
        lives?.observe(record.db, record.argv, place + record.offset);
        if (record.argv[0]?.toLowerCase() === 'function') takeLibraryCommand(record.argv, notes);
      } else if (record.kind === 'entry') {
        if (record.type === 'list') lives?.list(record.db, record.key, false);
      } else notes.take(record);
      return turns.at(offset)?.then((reason) => reason !== undefined) ?? false;
    });
  }
  const facts = fileFacts(subject, {
    directives: conf.directives,
    aclLines: conf.aclLines,
    incomplete: conf.incomplete,
    data: data.length > 0,
    aux: notes.aux,
    libraries: notes.libraries,
    modules: [...notes.modules],
  });
  return {
    facts: { ...facts, remarks: [...remarks, ...conf.remarks] },
    files: files.map((file) => aboutFile(file, conf.badLines)),
    data,
    places,
    size: totalSize(data.map(({ path }) => path)),
    lives,
    open,
  };
}

const NOTHING = { headBytes: 0, tailBytes: 0, elements: 0, elementBytes: 0, keyBytes: 0 };

/** The records before the first key. */
async function firstRecords(file: DataFile, take: ReturnType<typeof createSideNotes>['take']): Promise<void> {
  let left = MOST_SIDE_RECORDS;
  await readDataFile(file, { wanted: () => NOTHING }, (record) => {
    if (record.kind === 'entry' || left-- === 0) return true;
    if (record.kind !== 'command') take(record);
    return false;
  });
}

/** What is in memory of a pipe, which cannot be read twice. */
function copyOf({ path, window }: DataFile): DataFile {
  const source = bufferSource(Buffer.from(window.bytes.subarray(window.at, window.end)));
  return { path, kind: 'rdb', source, window: createByteWindow(source, false) };
}

/** FUNCTION LOAD, DELETE and FLUSH: what is loaded at the end. */
function takeLibraryCommand(argv: readonly string[], notes: ReturnType<typeof createSideNotes>): void {
  const [, word = '', first = ''] = argv;
  const code = argv.at(-1) ?? '';
  switch (word.toLowerCase()) {
    case 'load': {
      const name = libraryName(code);
      notes.dropLibrary(name);
      notes.take({ kind: 'library', name, code });
      break;
    }
    case 'delete':
      notes.dropLibrary(first);
      break;
    case 'flush':
      notes.libraries.length = 0;
      break;
    default:
  }
}

function aboutFile({ path, kind }: SubjectFile, badLines: ReadonlyMap<string, readonly number[]>): DumpFile {
  const lines = badLines.get(String(path)) ?? [];
  const about = path === 0 ? undefined : statSync(path);
  return {
    path: path === 0 ? 'standard input' : printableText(path, 300),
    kind,
    size: about?.size,
    mode: about === undefined || process.platform === 'win32' ? undefined : about.mode & 0o777,
    ...(path === 0 ? {} : { reachable: isReachable(path) }),
    ...(lines.length === 0 ? {} : { badLines: lines }),
  };
}

/** A file that all may read is nobody else's where its folder is closed. */
function isReachable(path: string): boolean {
  let folder = dirname(resolve(path));
  for (let depth = 0; depth < 256; depth++) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  return true;
}
