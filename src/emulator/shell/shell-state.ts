import type { ByteString } from '../../model/bytes.ts';
import type { Random } from '../../platform/random.ts';

/** A file that a shell line has made. Nothing of it is on a real disk. */
export interface ShellFile {
  readonly content: ByteString;
  readonly executable: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly changed: number;
}

/** What one group of visitors has left on the machine: others do not see it. */
export interface ShellDisk {
  /** By path; `undefined` for a file of the machine that was removed. */
  readonly files: Map<string, ShellFile | undefined>;
  /** Of the contents of `files`. */
  bytes: number;
}

/** What makes one pretended machine differ from the next, and what visitors have left on it. One a sensor. */
export interface ShellState {
  readonly hostname: string;
  readonly uid: number;
  readonly gid: number;
  readonly cpus: number;
  readonly cpu: string;
  /** The last two numbers of its own address, 10.x.y.z. */
  readonly network: readonly [number, number, number];
  /** By name of the group; the one that was longest away is forgotten first. */
  readonly disks: Map<string, ShellDisk>;
  /** Process ids that were handed out. */
  lastPid: number;
}

const MOST_FILES = 256;
const MOST_BYTES = 262_144;
const MOST_DISKS = 64;

const ROLES = ['app', 'cache', 'data', 'db', 'node', 'srv', 'web', 'worker'];
const CPUS = [
  'Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz',
  'Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz',
  'Intel(R) Xeon(R) Gold 6140 CPU @ 2.30GHz',
  'AMD EPYC 7571',
  'AMD EPYC 7R13 Processor',
];

export function createShellState(random: Random): ShellState {
  const role = ROLES[random.below(ROLES.length)] ?? 'srv';
  return {
    hostname: `${role}${['-', ''][random.below(2)]}${String(1 + random.below(24)).padStart(1 + random.below(2), '0')}`,
    uid: 101 + random.below(16),
    gid: 104 + random.below(18),
    cpus: [2, 2, 4, 8][random.below(4)] ?? 2,
    cpu: CPUS[random.below(CPUS.length)] ?? '',
    network: [random.below(32), random.below(250), 4 + random.below(246)],
    disks: new Map(),
    lastPid: 9_000 + random.below(20_000),
  };
}

/** The disk as one group of visitors has left it. */
export function diskOf({ disks }: ShellState, group: string): ShellDisk {
  const disk = disks.get(group) ?? { files: new Map(), bytes: 0 };
  disks.delete(group);
  disks.set(group, disk);
  for (const name of disks.keys()) if (disks.size > MOST_DISKS) disks.delete(name);
  return disk;
}

/** False when the pretended disk is full. */
export function writeFile(disk: ShellDisk, path: string, file: ShellFile): boolean {
  const before = disk.files.get(path)?.content.length ?? 0;
  const bytes = disk.bytes - before + file.content.length;
  if (bytes > MOST_BYTES || (disk.files.size >= MOST_FILES && !disk.files.has(path))) return false;
  disk.files.set(path, file);
  disk.bytes = bytes;
  return true;
}

export function removeFile(disk: ShellDisk, path: string): void {
  disk.bytes -= disk.files.get(path)?.content.length ?? 0;
  if (disk.files.has(path) || disk.files.size < MOST_FILES) disk.files.set(path, undefined);
}
