import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Enough for a slow mirror; nothing waits for ever. */
const SLOWEST_MS = 300_000;
/** Only libraries are followed: what a package's set-up scripts want is not needed to run its program. */
const FOLLOWED = /^(lib(?!debian-installer)|lua-|zlib1g|openssl-provider|redis-tools$|valkey-tools$)/;

/** Loader and libraries by the name that Debian gives the machine. */
const MACHINES: Readonly<Record<string, { triplet: string; loader: string }>> = {
  amd64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** A folder with the configuration of an apt that knows one release of Debian and none of this machine's packages. */
interface PrivateApt {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Unpacks a package of a Debian release, with the libraries it needs and libc, below `folder`, and writes the script
 * `folder/run` that runs `program` with them. Nothing is installed; root is not needed.
 */
export async function unpackPackage(
  folder: string,
  { suite, name, program }: { suite: string; name: string; program: string },
): Promise<void> {
  const { stdout: machine } = await run('dpkg', ['--print-architecture']);
  const told = MACHINES[machine.trim()];
  if (told === undefined) throw new Error(`no Debian loader is known for ${machine.trim()}`);
  const apt = await privateApt(join(folder, 'apt'), suite);
  const names = await withLibraries(apt, name);
  const archives = join(folder, 'archives');
  const root = join(folder, 'root');
  for (const one of [archives, root]) mkdirSync(one, { recursive: true });
  await aptRun(apt, 'apt-get', ['download', '-q', ...names], archives);
  for (const archive of readdirSync(archives)) await run('dpkg-deb', ['-x', join(archives, archive), root]);
  const libraries = ['usr/lib', 'lib'].map((below) => join('root', below, told.triplet));
  const loader = libraries
    .map((below) => join(below, told.loader))
    .find((path) => existsSync(join(folder, path)));
  if (loader === undefined) throw new Error(`the libc of ${suite} has no ${told.loader}`);
  const path = libraries.map((below) => `"$here/${below}"`).join(':');
  const line = `exec "$here/${loader}" --library-path ${path} "$here/root/usr/bin/${program}" "$@"`;
  // Debian 11's server asks for its Lua libraries by the path where they would be installed.
  const lua = `export LUA_CPATH="$here/root/usr/lib/${told.triplet}/lua/5.1/?.so"`;
  writeFileSync(join(folder, 'run'), `#!/bin/sh\nhere=$(dirname "$0")\n${lua}\n${line}\n`, { mode: 0o755 });
  for (const one of [archives, apt.folder]) rmSync(one, { recursive: true });
}

async function privateApt(folder: string, suite: string): Promise<PrivateApt> {
  for (const one of ['lists/partial', 'cache/archives/partial', 'empty']) {
    mkdirSync(join(folder, one), { recursive: true });
  }
  const configuration = join(folder, 'conf');
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'sources.list'), `deb http://deb.debian.org/debian ${suite} main\n`);
  writeFileSync(
    configuration,
    `Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "${folder}/empty";
Dir::State::lists "${folder}/lists";
Dir::State::status "${folder}/status";
Dir::Cache "${folder}/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
`,
  );
  const apt = { folder, environment: { ...process.env, APT_CONFIG: configuration, LC_ALL: 'C' } };
  await aptRun(apt, 'apt-get', ['update', '-q', '--error-on=any'], folder);
  return apt;
}

/** The package, libc and every library below, found level by level. */
async function withLibraries(apt: PrivateApt, name: string): Promise<string[]> {
  const found = new Set([name, 'libc6']);
  for (let level = [...found]; level.length > 0; ) {
    const said = await aptRun(apt, 'apt-cache', ['depends', '--important', ...level], apt.folder);
    const needed = said
      .split('\n')
      .flatMap((line) => /^ +(?:Pre)?Depends: ([a-z0-9+.-]+)$/.exec(line)?.[1] ?? []);
    level = [...new Set(needed)].filter((one) => FOLLOWED.test(one) && !found.has(one));
    for (const one of level) found.add(one);
  }
  return [...found];
}

async function aptRun(
  apt: PrivateApt,
  program: string,
  words: readonly string[],
  cwd: string,
): Promise<string> {
  const options = { cwd, env: apt.environment, timeout: SLOWEST_MS, maxBuffer: 16_777_216 };
  return (await run(program, words, options)).stdout;
}
