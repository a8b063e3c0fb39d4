#!/usr/bin/env node
// Set-up for a fresh machine, then the job itself on the pinned Node. Plain JavaScript on purpose: this file is all
// that has to run on whatever Node the machine has (18 or later), before anything is installed.
//
//   start  [options]      dependencies, dashboard page, then `sundew up [options]`
//   sundew [arguments]    dependencies, then any Sundew command
//   test   [arguments]    dependencies, dashboard page, Debian packages and servers the tests drive, then the tests

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', '.bin', 'node');
const [job = 'start', ...rest] = process.argv.slice(2);

const jobs = {
  start: () => run(node, [join(root, 'src/cli/main.ts'), 'up', ...rest], ready({ page: true })),
  sundew: () => run(node, [join(root, 'src/cli/main.ts'), ...rest], ready({})),
  test: () => {
    const set = ready({ page: true });
    installTestPeers();
    fetchRealServers();
    run(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...rest], set);
  },
};

if (!(job in jobs)) fail(`unknown job '${job}'. Use one of: ${Object.keys(jobs).join(', ')}.`);
jobs[job]();

/** Installs what package-lock.json pins, once for each state of it, and builds the page when it is out of date. */
function ready({ page = false }) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.sundew-lock');
  const installed = existsSync(stamp) && existsSync(node) ? readFileSync(stamp, 'utf8') : '';
  if (installed !== lock) {
    say('installing dependencies (npm ci)');
    step(
      'npm',
      ['ci', '--loglevel=error', '--no-fund', '--no-audit'],
      'Check the connection to the npm registry, then try again.',
    );
    if (!existsSync(node)) {
      fail(
        'npm ci did not bring Node 24. Allow the install script of the package `node` (npm config ignore-scripts false) and try again.',
      );
    }
    writeFileSync(stamp, lock);
  }
  if (installed !== lock || !existsSync(join(root, 'dist', 'places.idx'))) {
    say('indexing countries and networks');
    step(node, [join(root, 'scripts', 'build-places.ts')], 'This is a fault of Sundew: please report it.');
  }
  if (isStale(join('dist', 'rules.json'), ['rules', 'campaigns'])) {
    step(node, [join(root, 'scripts', 'build-rules.ts')], 'This is a fault of Sundew: please report it.');
  }
  if (page && pageIsStale()) {
    say('building the dashboard page');
    step(
      node,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'ui', '--logLevel', 'error'],
      'This is a fault of Sundew: please report it.',
    );
  }
}

function pageIsStale() {
  return isStale(join('dist', 'ui', 'index.html'), ['ui', join('src', 'model')]);
}

/** Whether a file that is made of what is in these folders is missing, or older than anything there. */
function isStale(made, folders) {
  const built = join(root, made);
  if (!existsSync(built)) return true;
  const when = statSync(built).mtimeMs;
  return folders
    .map((folder) => join(root, folder))
    .some((folder) =>
      readdirSync(folder, { recursive: true }).some((path) => statSync(join(folder, path)).mtimeMs > when),
    );
}

/** The tests drive real peers: say what is missing, and install it from Debian where that is possible. */
function installTestPeers() {
  const wanted = {
    'redis-server': 'redis-server',
    'redis-cli': 'redis-tools',
    chromium: 'chromium',
    nmap: 'nmap',
    smbclient: 'smbclient',
    curl: 'curl',
    whatweb: 'whatweb',
    nginx: 'nginx-light',
    apache2: 'apache2-bin',
    sqlmap: 'sqlmap',
    ffuf: 'ffuf',
    gobuster: 'gobuster',
    dirb: 'dirb',
    hydra: 'hydra',
  };
  const missing = Object.entries(wanted)
    .filter(([program]) => !onPath(program))
    .map(([, name]) => name);
  // A library of Debian's own Python, not a program.
  if (!existsSync('/usr/lib/python3/dist-packages/impacket')) missing.push('python3-impacket');
  // What src/crs is compared with: a module of nginx, and rules.
  if (!existsSync('/usr/lib/nginx/modules/ngx_http_modsecurity_module.so'))
    missing.push('libnginx-mod-http-modsecurity');
  if (!existsSync('/usr/share/modsecurity-crs/rules')) missing.push('modsecurity-crs');
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!onPath('apt-get'))
    fail(
      `the tests need ${missing.join(', ')}. Install them with your package manager, then run npm test again.`,
    );
  say(`installing ${missing.join(', ')} from Debian (${[...prefix, command].join(' ')})`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const line of [`apt-get update -q`, command]) {
    const [program, ...words] = [...prefix, ...line.split(' ')];
    const done = spawnSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    if (done.status !== 0)
      fail(`could not install ${missing.join(', ')}. As root, run: apt-get update && ${command}`);
  }
}

/** Servers of the other releases, unpacked in a cache folder: see test/peers/real-servers.ts. */
function fetchRealServers() {
  const done = spawnSync(node, [join(root, 'scripts', 'fetch-real-servers.ts')], { stdio: 'inherit' });
  if (done.status !== 0)
    fail('the tests compare with these servers: put the above right, then run npm test again.');
}

function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

function step(program, words, remedy) {
  const done = spawnSync(program, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.error) fail(`could not run ${program}: ${done.error.message}. ${remedy}`);
  if (done.status !== 0) fail(`${program} ${words[0]} ended with code ${done.status}. ${remedy}`);
}

/** Hands over to the program: its exit code is ours, and signals reach it. */
function run(program, words) {
  const child = spawn(program, words, {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`could not start ${program}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function say(text) {
  process.stderr.write(`sundew set-up: ${text}\n`);
}

function fail(text) {
  process.stderr.write(`sundew set-up: ${text}\n`);
  process.exit(5);
}
