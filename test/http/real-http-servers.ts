import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/platform/random.ts';
import { createApp } from '../../src/sensors/http/app.ts';
import type { Site } from '../../src/sensors/http/site.ts';
import { freePort } from '../peers/ports.ts';

/** A real server with the site of a sensor in it, and the application behind it. */
export interface RealHttpServer {
  readonly port: number;
  stop(): Promise<void>;
}

export const REAL_HTTP_SERVERS = { nginx: '/usr/sbin/nginx', apache: '/usr/sbin/apache2' } as const;
export type RealHttpServerName = keyof typeof REAL_HTTP_SERVERS;

export async function startRealHttpServer(
  name: RealHttpServerName,
  site: Site,
  random: Random,
): Promise<RealHttpServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-http-'));
  const root = join(folder, 'root');
  for (const path of site.folders) mkdirSync(join(root, path), { recursive: true });
  for (const [path, { content, modified }] of site.files) {
    writeFileSync(join(root, path), content, { mode: 0o644 });
    utimesSync(join(root, path), modified, modified);
  }
  execFileSync('chmod', ['-R', 'a+rX', folder]);
  const app = await startApp(site, random);
  const port = await freePort();
  const config = join(folder, 'server.conf');
  const text = name === 'nginx' ? nginxConfig : apacheConfig;
  writeFileSync(config, text(folder, port, (app.address() as AddressInfo).port));
  const program = REAL_HTTP_SERVERS[name];
  const environment = {
    ...process.env,
    APACHE_RUN_DIR: folder,
    APACHE_LOG_DIR: folder,
    APACHE_LOCK_DIR: folder,
  };
  const words = name === 'nginx' ? ['-c', config, '-p', folder] : ['-f', config, '-k', 'start'];
  execFileSync(program, words, { env: environment, stdio: 'ignore' });
  await answers(port);
  return {
    port,
    stop: async () => {
      const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      process.kill(pid, 'SIGTERM');
      while (readdirSync(folder).includes('pid')) await sleep(20);
      app.closeAllConnections();
      app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The defaults of Debian's package, with the application behind three paths; bodies of any size. */
function nginxConfig(folder: string, port: number, app: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 768; }
http {
  sendfile on; tcp_nopush on; types_hash_max_size 2048; access_log off; gzip on;
  include /etc/nginx/mime.types; default_type application/octet-stream;
  ${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port} default_server; server_name _; root ${folder}/root;
    index index.html index.htm index.nginx-debian.html; client_max_body_size 0;
    location / { try_files $uri $uri/ =404; }
    location ~ ^/(login|upload|status)$ {
      proxy_pass http://127.0.0.1:${app}; proxy_intercept_errors on; proxy_redirect off;
    }
  }
}
`;
}

/** What Debian's package enables and the site has a use for: apache2-bin is enough, which starts no service. */
const MODULES = 'mpm_event authz_core autoindex dir mime filter deflate reqtimeout proxy proxy_http'.split(
  ' ',
);

function apacheConfig(folder: string, port: number, app: number): string {
  const modules = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  return `DefaultRuntimeDir ${folder}
PidFile ${folder}/pid
Timeout 300
KeepAlive On
MaxKeepAliveRequests 100
KeepAliveTimeout 5
User www-data
Group www-data
ErrorLog ${folder}/error.log
${modules.join('\n')}
DirectoryIndex index.html index.cgi index.pl index.php index.xhtml index.htm
TypesConfig /etc/mime.types
AddOutputFilterByType DEFLATE text/html text/plain text/xml text/css text/javascript
AddOutputFilterByType DEFLATE application/x-javascript application/javascript application/ecmascript
AddOutputFilterByType DEFLATE application/rss+xml application/wasm application/xml
RequestReadTimeout header=20-40,minrate=500
RequestReadTimeout body=10,minrate=500
Listen 127.0.0.1:${port}
ServerTokens OS
ServerSignature On
TraceEnable Off
<Directory />
  Options FollowSymLinks
  AllowOverride None
  Require all denied
</Directory>
<Directory ${folder}/root>
  Options FollowSymLinks
  AllowOverride None
  Require all granted
</Directory>
<VirtualHost *:${port}>
  DocumentRoot ${folder}/root
  ProxyPassMatch ^/(login|upload|status)$ http://127.0.0.1:${app}
  ProxyErrorOverride On 405
</VirtualHost>
`;
}

/** The sensor's application as a server of its own. */
async function startApp(site: Site, random: Random): Promise<Server> {
  const app = createApp(site, random);
  const server = createServer((request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    request.resume().on('end', () => {
      const answer = app.answer({ method: request.method ?? '', path, query, file: false });
      const headers = {
        ...(answer.kind === 'not-allowed' || answer.kind === 'redirect'
          ? {}
          : { 'Content-Type': answer.kind === 'json' ? 'application/json' : 'text/html; charset=utf-8' }),
        'Content-Length': answer.body.length,
        ...(answer.location === undefined ? {} : { Location: answer.location }),
        ...(answer.cookie === undefined ? {} : { 'Set-Cookie': answer.cookie }),
      };
      const status = { page: 200, json: 200, redirect: 302, 'not-allowed': 405 }[answer.kind];
      response.writeHead(status, headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await fetch(`http://127.0.0.1:${port}/`);
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(50);
    }
  }
}

export const personaFile = (name: string): string =>
  join(dirname(dirname(import.meta.dirname)), 'personas', 'http', `${name}.json`);
