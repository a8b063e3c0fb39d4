import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const RULES = '/usr/share/modsecurity-crs';
const MODULES = '/usr/lib/nginx/modules';
const LONGEST_WAIT_MS = 20_000;

/** Debian's nginx with libmodsecurity and a Core Rule Set, on a loopback port; it only detects. */
export interface ModSecurity {
  readonly port: number;
  /** The rule set as it was loaded, for Sundew to load as well. */
  readonly rules: string;
  /** Sends one request as it is and waits until it was answered. */
  send(bytes: string): Promise<void>;
  /** Rules that held, by the value of the header `X-Case`; waits until so many requests are in its log. */
  verdicts(wanted: number): Promise<ReadonlyMap<string, ReadonlySet<number>>>;
  stop(): Promise<void>;
}

/** `rules`: the folder of a rule set; Debian's unless another is named. */
export async function startModSecurity(paranoia: number, rules: string = RULES): Promise<ModSecurity> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-modsecurity-'));
  const port = await freePort();
  const set = join(folder, 'crs');
  for (const path of ['crs', 'temp']) mkdirSync(join(folder, path));
  symlinkSync(join(rules, 'rules'), join(set, 'rules'));
  writeFileSync(join(set, 'crs-setup.conf'), setup(paranoia));
  writeFileSync(join(folder, 'modsecurity.conf'), engine(folder, set));
  writeFileSync(join(folder, 'nginx.conf'), nginx(folder, port));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  try {
    await untilListening(port, child, join(folder, 'error.log'));
  } catch (error) {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    rules: set,
    send: (bytes) => exchange(port, bytes),
    verdicts: (wanted) => audited(join(folder, 'audit.log'), wanted),
    stop: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Both generations of the rule set take their paranoia level from here. */
function setup(paranoia: number): string {
  return `SecDefaultAction "phase:1,log,auditlog,pass"
SecDefaultAction "phase:2,log,auditlog,pass"
SecAction "id:900000,phase:1,pass,nolog,setvar:tx.paranoia_level=${paranoia},setvar:tx.executing_paranoia_level=${paranoia}"
SecAction "id:900001,phase:1,pass,nolog,setvar:tx.blocking_paranoia_level=${paranoia},setvar:tx.detection_paranoia_level=${paranoia}"
SecAction "id:900990,phase:1,pass,nolog,setvar:tx.crs_setup_version=400"
`;
}

function engine(folder: string, set: string): string {
  return `SecRuleEngine DetectionOnly
SecRequestBodyAccess On
SecResponseBodyAccess Off
SecRule REQUEST_HEADERS:Content-Type "^(?:application(?:/soap\\+|/)|text/)xml" "id:200000,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=XML"
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRequestBodyLimit 13107200
SecRequestBodyNoFilesLimit 131072
SecArgumentsLimit 1000
SecUnicodeMapFile /etc/nginx/unicode.mapping 20127
SecTmpDir ${folder}/temp
SecDataDir ${folder}/temp
SecAuditEngine On
SecAuditLogParts ABHZ
SecAuditLogFormat JSON
SecAuditLogType Serial
SecAuditLog ${folder}/audit.log
Include ${set}/crs-setup.conf
Include ${set}/rules/*.conf
`;
}

function nginx(folder: string, port: number): string {
  return `load_module ${MODULES}/ngx_http_modsecurity_module.so;
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/temp/body;
  proxy_temp_path ${folder}/temp/proxy;
  fastcgi_temp_path ${folder}/temp/fastcgi;
  uwsgi_temp_path ${folder}/temp/uwsgi;
  scgi_temp_path ${folder}/temp/scgi;
  client_max_body_size 8m;
  large_client_header_buffers 8 64k;
  underscores_in_headers on;
  ignore_invalid_headers off;
  modsecurity on;
  modsecurity_rules_file ${folder}/modsecurity.conf;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://unix:${folder}/back.sock; }
  }
  # Answers every method; a redirect within nginx would be judged as a request of its own.
  server {
    listen unix:${folder}/back.sock;
    modsecurity off;
    return 200 "welcome";
  }
}
`;
}

async function untilListening(port: number, child: ChildProcess, errors: string): Promise<void> {
  for (let waited = 0; waited < LONGEST_WAIT_MS; waited += 50) {
    if (child.exitCode !== null) throw new Error(`nginx did not start: ${readFileSync(errors, 'utf8')}`);
    if (await answers(port)) return;
    await wait(50);
  }
  throw new Error('nginx does not listen');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function exchange(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.resume();
    socket.setTimeout(5000, () => socket.destroy());
    // nginx may reset a connection whose request it did not read to the end.
    socket.on('error', () => {});
    socket.once('close', () => resolve());
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

interface AuditLine {
  readonly transaction: {
    readonly request: { readonly headers: Readonly<Record<string, string>> };
    readonly messages: readonly { readonly details: { readonly ruleId: string } }[];
  };
}

/** A request is answered before it is in the log. */
async function audited(path: string, wanted: number): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  for (let waited = 0; ; waited += 100) {
    const verdicts = readAudit(path);
    if (verdicts.size >= wanted || waited > LONGEST_WAIT_MS) return verdicts;
    await wait(100);
  }
}

function readAudit(path: string): ReadonlyMap<string, ReadonlySet<number>> {
  const verdicts = new Map<string, ReadonlySet<number>>();
  // The last line may still be on its way.
  for (const line of readFileSync(path, 'latin1').split('\n').slice(0, -1)) {
    const { transaction } = JSON.parse(line) as AuditLine;
    const name = transaction.request.headers['X-Case'];
    if (name === undefined) continue;
    verdicts.set(name, new Set(transaction.messages.map(({ details }) => Number(details.ruleId))));
  }
  return verdicts;
}
