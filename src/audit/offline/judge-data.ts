import { statSync } from 'node:fs';
import type { Wanted } from '../../dump/piece.ts';
import type { AofRecord } from '../../dump/read-aof.ts';
import { printableText } from '../../model/printable.ts';
import type { AuditKnowledge } from '../audit-server.ts';
import type { RuleHit } from '../infection/rule-hits.ts';
import type { Inquiry } from '../inquiry.ts';
import { DEFAULT_AUDIT_LIMITS } from '../limits.ts';
import type { DataEnd, DataFile } from './data-file.ts';
import { openDataFile, readDataFile } from './data-file.ts';
import type { DumpFile } from './dump-file.ts';
import { createAofFeed } from './feed-aof.ts';
import { createValueFeed } from './feed-values.ts';
import type { GatheredFiles } from './gather-file-facts.ts';
import { createJudgePace, usualBudget } from './judge-pace.ts';
import { createRareNames } from './rare-names.ts';
import { isStriking } from './striking.ts';
import { createTurns } from './turns.ts';

export interface JudgedData {
  /** What became of the files that hold data, by their printable path. */
  readonly files: ReadonlyMap<string, DumpFile>;
  readonly remarks: readonly string[];
  readonly ruleHits: () => readonly RuleHit[];
  /** Undefined where no append-only file was read. */
  readonly history: readonly RuleHit[] | undefined;
  /** Why not everything was read. */
  readonly ended: string | undefined;
}

export interface JudgeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, size: number | undefined) => void) | undefined;
  readonly maxBytes?: number | undefined;
  readonly valueBudget?: number | undefined;
}

/** Enough to see whether a value is striking. */
const GLANCE_BYTES = 512;
const GLANCE_ELEMENTS = 16;

/** Reads all data of the subject once and has it judged; the walk of the inquiry counts how far it came. */
export async function judgeData(
  { data, files, places, size, lives, open }: GatheredFiles,
  inquiry: Inquiry,
  { rules }: AuditKnowledge,
  wanted: Wanted,
  options: JudgeOptions,
): Promise<JudgedData> {
  const { walk } = inquiry;
  const pace = createJudgePace(options.valueBudget ?? usualBudget(size), size, isStriking);
  const feed = createValueFeed(inquiry, pace);
  const log = createAofFeed(rules, lives, feed, pace, wanted);
  const flagged = { ...wanted, headBytes: Math.max(wanted.headBytes, DEFAULT_AUDIT_LIMITS.flaggedHeadBytes) };
  const glance = {
    headBytes: Math.min(GLANCE_BYTES, wanted.headBytes),
    tailBytes: 0,
    elements: Math.min(GLANCE_ELEMENTS, wanted.elements),
    elementBytes: Math.min(GLANCE_BYTES, wanted.elementBytes),
    keyBytes: wanted.keyBytes,
  };
  const turns = createTurns(size, options.maxBytes, options.signal, options.progress);
  const after = new Map<string, DumpFile>();
  const reasons: string[] = [];
  const remarks: string[] = [];
  const modules = new Map<string, number>();
  const isRare = createRareNames();
  /** The key whose value is read now has a name of a rare shape. */
  let rare = false;
  let stopped: string | undefined;
  /** Bytes of the files before this one that were read: the budget is spent along these. */
  let base = 0;
  /** What makes an offset in this file one of all append-only files. */
  let place = 0;

  const take = (record: AofRecord, inLog: boolean): void => {
    if (record.kind === 'command') {
      log.command(record, { place, base });
      return;
    }
    if (record.kind !== 'entry') return;
    const { db, key, type, elements, offset, module } = record;
    if (inLog && lives !== undefined && !lives.isAlive(db, key, undefined, place + offset)) return;
    feed.key(db, key);
    const list = inLog && type === 'list';
    if (list) lives?.list(db, key, true);
    const there = list ? elements.filter((_, index) => lives?.isLeft(db, key, index) !== false) : elements;
    feed.values(db, key, type, there, base + offset, rare);
    if (module !== undefined && modules.size < 100) modules.set(module, (modules.get(module) ?? 0) + 1);
  };

  for (const { path, kind } of data) {
    if (stopped !== undefined || (kind !== 'rdb' && kind !== 'aof')) break;
    const file = path === 0 ? open : openDataFile(path, kind, true);
    if (file === undefined) continue;
    place = places.get(path) ?? 0;
    let reached = 0;
    const end = await readDataFile(
      file,
      {
        wanted: (_, key) => {
          rare = false;
          if (feed.isKnown(key)) return flagged;
          if (pace.isOpen(base + reached)) return wanted;
          rare = isRare(key);
          return rare ? wanted : glance;
        },
      },
      (record, offset) => {
        reached = offset;
        take(record, kind === 'aof');
        const turn = turns.at(base + offset);
        if (turn === undefined) return false;
        return turn.then((reason) => {
          stopped = reason;
          return reason !== undefined;
        });
      },
    );
    const bytes = path === 0 ? undefined : statSync(path).size;
    const name = path === 0 ? 'standard input' : printableText(path, 300);
    const before = files.find((one) => one.path === name);
    if (before !== undefined) after.set(name, described(before, end, bytes));
    const reason = reasonOf(name, file, end, bytes, stopped);
    if (reason !== undefined) reasons.push(reason);
    base += end.length;
  }
  walk.total = walk.names;
  walk.complete = reasons.length === 0;
  walk.finished = reasons.length === 0 && data.length > 0;
  for (const [module, count] of modules)
    remarks.push(
      `values of ${count} keys of the module ${printableText(module, 40)}: only the module reads them`,
    );
  if (log.pastValues() > 0)
    remarks.push(
      `${log.pastValues()} values were written and are no longer there; what was found in them is no reason to call it infected now`,
    );
  if (data.some(({ path, kind }) => kind === 'aof' && path === 0))
    remarks.push('what was deleted later: an append-only file from standard input is read only once');
  if (lives?.complete() === false)
    remarks.push('what was deleted later: there are too many keys to tell for all of them');
  return {
    files: after,
    remarks,
    ruleHits: log.ruleHits,
    history: data.some(({ kind }) => kind === 'aof') ? log.past() : undefined,
    ended: reasons.length === 0 ? undefined : reasons.join(' '),
  };
}

function described(before: DumpFile, { rdb, damage, length }: DataEnd, bytes: number | undefined): DumpFile {
  return {
    ...before,
    ...(rdb === undefined
      ? {}
      : {
          format: rdb.magic === 'VALKEY' ? `VALKEY ${rdb.version}` : `RDB ${rdb.version}`,
          checksum: rdb.checksum,
        }),
    damage,
    unread: bytes === undefined ? undefined : Math.max(0, bytes - length),
  };
}

/** Why a part was not read; undefined when all of it was. */
function reasonOf(
  name: string,
  { kind }: DataFile,
  { damage, length, stopped }: DataEnd,
  bytes: number | undefined,
  why: string | undefined,
): string | undefined {
  const left =
    bytes === undefined ? 'The rest was not read' : `${Math.max(0, bytes - length)} bytes were not read`;
  if (stopped)
    return `${name}: reading ended at byte ${length}, because ${why ?? 'it was stopped'}. ${left}.`;
  if (damage === undefined) return undefined;
  // A server starts with such a file: what was being written when it stopped was never answered.
  if (kind === 'aof' && damage.truncated) return undefined;
  return `${name} is damaged at byte ${damage.offset}: ${damage.message}. ${left}; what comes before was judged.`;
}
