import type { ByteString } from '../../model/bytes.ts';
import { FILES, FOLDERS } from '../pretended-disk.ts';
import type { Machine } from './machine.ts';
import { machineFile } from './machine-files.ts';
import { PROGRAM_NAMES } from './program-names.ts';

/** How a path of the pretended machine looks to the server's account. */
export interface Entry {
  readonly kind: 'folder' | 'file';
  readonly owner: string;
  /** As ls -l writes it, without the letter of the kind. */
  readonly mode: string;
  readonly size: number;
  /** Milliseconds since 1970 UTC. */
  readonly changed: number;
}

const HIDDEN = ['/root', '/etc/ssl/private', '/var/spool/cron/crontabs', '/lost+found'];
const SECRET = new Set(['/etc/shadow', '/etc/gshadow', '/etc/sudoers']);
const MORE_FOLDERS = [
  '/boot',
  '/etc/apt',
  '/etc/default',
  '/etc/systemd',
  '/home/debian',
  '/lost+found',
  '/usr/lib',
  '/usr/share',
  '/var/lib/apt',
  '/var/lib/dpkg',
  '/var/lib/systemd',
];

/** Content of a file that the account may read; undefined when there is none. */
export function pathContent(machine: Machine, path: string): ByteString | undefined {
  if (path === '/dev/null') return '';
  if (machine.disk.files.has(path)) return machine.disk.files.get(path)?.content;
  if (!mayRead(path)) return undefined;
  return machineFile(machine, path);
}

export function mayRead(path: string): boolean {
  return !SECRET.has(path) && !HIDDEN.some((folder) => path === folder || path.startsWith(`${folder}/`));
}

export function mayWrite(machine: Machine, path: string): boolean {
  const own = [
    machine.folder,
    `/var/lib/${machine.account}`,
    `/var/log/${machine.account}`,
    '/tmp',
    '/var/tmp',
    '/dev/shm',
  ];
  return machine.disk.files.get(path) !== undefined || own.some((folder) => path.startsWith(`${folder}/`));
}

export function entryAt(machine: Machine, path: string): Entry | undefined {
  const { disk, account, booted } = machine;
  const ours = isOurs(machine, path) ? account : 'root';
  if (disk.files.has(path)) {
    const file = disk.files.get(path);
    if (file === undefined) return undefined;
    const mode = file.executable ? 'rwxr-xr-x' : 'rw-r--r--';
    return { kind: 'file', owner: account, mode, size: file.content.length, changed: file.changed };
  }
  if (isFolder(machine, path)) {
    const open = ['/tmp', '/var/tmp', '/dev/shm'].includes(path);
    const mode = open
      ? 'rwxrwxrwt'
      : ours === 'root'
        ? mayRead(path)
          ? 'rwxr-xr-x'
          : 'rwx------'
        : 'rwxr-x---';
    return { kind: 'folder', owner: ours, mode, size: 4_096, changed: booted - 86_400_000 };
  }
  if (machine.received.includes(path) || path === `/var/lib/${account}/dump.rdb`) {
    return { kind: 'file', owner: account, mode: 'rw-rw----', size: 46_128, changed: machine.now - 60_000 };
  }
  const content = machineFile(machine, path);
  if (content === undefined && !FILES.has(path) && !isProgram(path)) return undefined;
  const mode = SECRET.has(path) ? 'rw-r-----' : isProgram(path) ? 'rwxr-xr-x' : 'rw-r--r--';
  return {
    kind: 'file',
    owner: 'root',
    mode,
    size: content?.length ?? 1_234,
    changed: booted - 8_640_000_000,
  };
}

export function isFolder(machine: Machine, path: string): boolean {
  return (
    FOLDERS.has(path) ||
    MORE_FOLDERS.includes(path) ||
    ownFolders(machine).includes(path) ||
    path.startsWith('/proc/self')
  );
}

/** Names in a folder, sorted as ls does in the C locale. */
export function namesIn(machine: Machine, folder: string): string[] {
  const start = folder === '/' ? '/' : `${folder}/`;
  const names = new Set<string>();
  const add = (path: string): void => {
    if (!path.startsWith(start) || path === folder) return;
    const rest = path.slice(start.length);
    const name = rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : rest;
    if (name !== '') names.add(name);
  };
  for (const path of [...FOLDERS, ...MORE_FOLDERS, ...ownFolders(machine), ...FILES, ...SHOWN_FILES])
    add(path);
  for (const path of machine.received) add(path);
  if (folder === `/var/lib/${machine.account}`) names.add('dump.rdb');
  if (folder === '/bin' || folder === '/usr/bin') for (const name of PROGRAM_NAMES) names.add(name);
  for (const [path, file] of machine.disk.files) {
    if (file !== undefined) add(path);
    else if (path.startsWith(start)) names.delete(path.slice(start.length));
  }
  return [...names].toSorted();
}

const SHOWN_FILES = [
  '/etc/debian_version',
  '/etc/fstab',
  '/etc/hostname',
  '/etc/issue',
  '/etc/os-release',
  '/etc/resolv.conf',
  '/etc/ssh/ssh_config',
];

function ownFolders({ account }: Machine): string[] {
  return [`/etc/${account}`, `/var/lib/${account}`, `/var/log/${account}`, `/run/${account}`];
}

function isOurs({ account }: Machine, path: string): boolean {
  return [`/var/lib/${account}`, `/var/log/${account}`, `/run/${account}`].some(
    (own) => path === own || path.startsWith(`${own}/`),
  );
}

export function isProgram(path: string): boolean {
  const [, name = ''] = /^\/(?:usr\/)?s?bin\/([\w.+-]{1,64})$/.exec(path.slice(0, 128)) ?? [];
  return PROGRAM_NAMES.includes(name);
}
