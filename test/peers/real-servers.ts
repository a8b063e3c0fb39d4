import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { unpackPackage } from './debian-package.ts';
import type { RealRedis } from './redis-server.ts';
import { startServer } from './redis-server.ts';

/** The servers that the shipped personas were recorded from: Debian's own packages. */
export const RELEASES = {
  'redis-6.0.16': { suite: 'bullseye', name: 'redis-server', program: 'redis-server' },
  'redis-7.0.15': { suite: 'bookworm', name: 'redis-server', program: 'redis-server' },
  'redis-8.0.2': { suite: 'trixie', name: 'redis-server', program: 'redis-server' },
  'valkey-8.1.1': { suite: 'trixie', name: 'valkey-server', program: 'valkey-server' },
} as const;
export type RealRelease = keyof typeof RELEASES;

const POLL_MS = 200;
const LONGEST_WAIT_MS = 600_000;

/** A real server of one release in a folder of its own on a free loopback port; settings as `--name value` words. */
export async function startReal(release: RealRelease, ...settings: string[]): Promise<RealRedis> {
  return startServer(await realServer(release), settings);
}

/**
 * The program of one release: the installed one when it is of that version, else unpacked from Debian below
 * `folder`, once. Several processes may ask at the same time. Fails with what to do when Debian cannot be reached.
 */
export async function realServer(release: RealRelease, folder: string = peersFolder()): Promise<string> {
  const [name = '', version = ''] = release.split('-');
  if (versionOf(`${name}-server`) === version) return `${name}-server`;
  const place = join(folder, release);
  const program = join(place, 'run');
  mkdirSync(folder, { recursive: true });
  const unlock = await lock(join(folder, `${release}.lock`));
  try {
    if (!existsSync(program)) await unpack(release, place);
  } finally {
    unlock();
  }
  return program;
}

/** Where unpacked servers are kept. */
export function peersFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'sundew-peers-2');
}

async function unpack(release: RealRelease, place: string): Promise<void> {
  const half = `${place}.${process.pid}`;
  mkdirSync(half, { recursive: true });
  try {
    await unpackPackage(half, RELEASES[release]);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    const why = (error instanceof Error ? error.message : String(error))
      .trim()
      .split('\n')
      .slice(0, 4)
      .join(' | ');
    throw new Error(
      `${release} could not be unpacked from Debian ${RELEASES[release].suite}: ${why}. The tests compare with it: ` +
        'they need apt-get and dpkg-deb, and a way to deb.debian.org (set http_proxy where there is a proxy).',
      { cause: error },
    );
  }
  const found = versionOf(join(half, 'run'));
  if (!release.endsWith(`-${found}`)) {
    throw new Error(
      `Debian ${RELEASES[release].suite} has version ${found} now, the tests expect ${release}: ` +
        'record that persona again (sundew persona record) and rename it in test/peers/real-servers.ts.',
    );
  }
  rmSync(place, { recursive: true, force: true });
  renameSync(half, place);
}

/** 7.0.15 of `Redis server v=7.0.15 sha=...`; empty when the program cannot be run. */
function versionOf(program: string): string {
  try {
    const said = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /\bv=([\d.]+)/.exec(said)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** Waits until no other living process holds the file, then holds it; returns what lets go. */
async function lock(path: string): Promise<() => void> {
  for (let waited = 0; ; waited += POLL_MS) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if (!holderLives(path)) rmSync(path, { force: true });
    else if (waited > LONGEST_WAIT_MS)
      throw new Error(`${path} is held for too long; remove it and try again`);
    else await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function holderLives(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    // Between making the file and writing to it there is no number yet.
    if (holder === 0) return true;
    return process.kill(holder, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
