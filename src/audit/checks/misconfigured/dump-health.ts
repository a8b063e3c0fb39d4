import type { Check, CheckResult, FindingDraft } from '../../check.ts';
import type { DumpFile } from '../../offline/dump-file.ts';

const MOST_SHOWN = 10;

type Judge = (files: readonly DumpFile[]) => FindingDraft | undefined;

/** Reads: the files themselves, their permissions, their checksum, and where they could not be read on. */
export const dumpHealth: Check = {
  id: 'audit.misconfigured.dump-files',
  axis: 'misconfigured',
  title: 'The files of the data are whole, and for Redis alone',
  reads: ['dump.rdb', 'appendonly.aof', 'redis.conf', 'users.acl', 'permissions of these files'],
  depth: 'L0',
  run: ({ facts: { files } }): CheckResult => {
    if (files === undefined) return { findings: [], moot: 'a server was asked, no files were given' };
    return {
      findings: JUDGES.flatMap((judge) => judge(files) ?? []),
      remarks: files.flatMap(({ path, damage, unread, kind }) =>
        damage === undefined
          ? []
          : kind === 'aof' && damage.truncated
            ? [`${path}: it ends within a command, which is left out`]
            : [
                `${path}: ${unread ?? 'an unknown number of'} bytes behind byte ${damage.offset} were not read`,
              ],
      ),
    };
  },
};

const writable: Judge = (files) =>
  finding(
    files.filter(({ mode, reachable }) => reachable === true && ((mode ?? 0) & 0o002) !== 0),
    ({ mode }) => `mode ${octal(mode)}`,
    {
      rule: 'audit.misconfigured.dump-writable',
      title: 'Every local user may change the files of Redis',
      severity: 'high',
      stage: 'access',
      attack: ['T1565.001', 'T1222.002'],
      why: 'Whoever writes into the configuration or the data decides what Redis loads at its next start, modules too.',
      advice:
        'On the host, for each of them:\nchmod 640 FILE\nchown redis:redis FILE\nCompare the content with a backup: it may have been changed already',
    },
  );

const readable: Judge = (files) =>
  finding(
    files.filter(
      ({ mode, reachable, kind }) => reachable === true && kind !== 'manifest' && ((mode ?? 0) & 0o004) !== 0,
    ),
    ({ mode }) => `mode ${octal(mode)}`,
    {
      rule: 'audit.misconfigured.dump-readable',
      title: 'Every local user may read the files of Redis',
      severity: 'low',
      stage: 'access',
      attack: ['T1005'],
      why: 'They hold all of the data, and the passwords or their hashes, whatever the users of Redis may see.',
      advice:
        'On the host, for each of them:\nchmod 640 FILE\nchown redis:redis FILE\nSo that new ones are like that: UMask=0027 in the unit of systemd, and chmod 750 for the folder',
    },
  );

const wrongSum: Judge = (files) =>
  finding(
    files.filter(({ checksum }) => checksum === 'wrong'),
    ({ format }) => `${format ?? 'RDB'}: CRC-64 differs`,
    {
      rule: 'audit.misconfigured.dump-checksum',
      title: 'A dump is not as it was written: its checksum is wrong',
      severity: 'medium',
      stage: 'impact',
      attack: ['T1565.001'],
      why: 'A disk that fails, a broken copy, or somebody who changed bytes without knowing of the checksum. Redis refuses to start with it.',
      advice:
        'Keep the file as evidence\nSee what is wrong with it: redis-check-rdb FILE\nTake the dump from another copy or a replica',
    },
  );

const damaged: Judge = (files) =>
  finding(
    files.filter(({ damage, kind }) => damage !== undefined && !(kind === 'aof' && damage.truncated)),
    ({ damage }) => `byte ${damage?.offset ?? 0}: ${damage?.message ?? ''}`,
    {
      rule: 'audit.misconfigured.dump-damaged',
      title: 'A file of the data cannot be read to its end',
      severity: 'medium',
      stage: 'impact',
      attack: ['T1565.001'],
      why: 'A restart with it fails or loses what stands behind. It may also be of a release that is newer than this tool.',
      advice:
        'Keep the file as evidence\nSee what is wrong with it (redis-check-aof for an append-only file, --fix only on a copy): redis-check-rdb FILE\nTake the data from a replica',
    },
  );

const noSum: Judge = (files) =>
  finding(
    files.filter(({ checksum, format }) => checksum === 'none' && Number(format?.split(' ')[1]) >= 5),
    ({ format }) => `${format ?? 'RDB'}: no checksum`,
    {
      rule: 'audit.misconfigured.rdbchecksum',
      title: 'A dump has no checksum',
      severity: 'info',
      stage: 'impact',
      attack: ['T1565.001'],
      why: 'Nobody can tell whether it is as it was written.',
      advice: 'In redis.conf: rdbchecksum yes\nRestart Redis',
    },
  );

const badLines: Judge = (files) =>
  finding(
    files.filter((file) => (file.badLines ?? []).length > 0),
    (file) => `lines ${(file.badLines ?? []).slice(0, MOST_SHOWN).join(', ')}`,
    {
      rule: 'audit.misconfigured.bad-lines',
      title: 'Lines of the configuration cannot be understood',
      severity: 'low',
      stage: 'impact',
      attack: ['T1562.001'],
      why: 'Redis refuses to start with such a file. Attacks that let Redis write over its own configuration leave lines like these.',
      advice:
        'Keep a copy of the file as evidence\nPut it in order, or take it from a backup; Redis names the first bad line when it starts',
    },
  );

const JUDGES: readonly Judge[] = [writable, wrongSum, damaged, readable, badLines, noSum];

function finding(
  files: readonly DumpFile[],
  excerpt: (file: DumpFile) => string,
  about: Omit<FindingDraft, 'evidence'>,
): FindingDraft | undefined {
  if (files.length === 0) return undefined;
  return {
    ...about,
    evidence: files
      .slice(0, MOST_SHOWN)
      .map((file) => ({ event: file.path, field: 'file', excerpt: excerpt(file) })),
  };
}

function octal(mode: number | undefined): string {
  return (mode ?? 0).toString(8).padStart(3, '0');
}
