import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditReport } from '../src/model/audit-report.ts';
import { stepsOf } from '../src/outputs/audit-steps.ts';
import { splitAdvice } from '../src/outputs/split-advice.ts';
import { temporaryData } from './peers/data-folder.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, realServer } from './peers/real-servers.ts';
import { startServer } from './peers/redis-server.ts';
import { sundew } from './peers/sundew.ts';

const run = promisify(execFile);

/** As bad as a server can be set up, in the words of every release; what one does not know is left out for it. */
const SETTINGS =
  '--bind 0.0.0.0 --protected-mode no --timeout 0 --tcp-keepalive 0 --loglevel warning --maxclients 50 --slowlog-log-slower-than -1 --slowlog-max-len 0 --acllog-max-len 0 --client-query-buffer-limit 2gb --proto-max-bulk-len 1gb';
const SINCE_7 = '--enable-protected-configs yes --enable-debug-command yes --acl-pubsub-default allchannels';

async function audited(release: RealRelease) {
  const data = temporaryData();
  const settings = `${SETTINGS} ${release === 'redis-6.0.16' ? '' : SINCE_7}`
    .split(' ')
    .filter((word) => word !== '');
  const server = await startServer(await realServer(release), settings);
  onTestFinished(() => server.stop());
  const cli = `redis-cli -h 127.0.0.1 -p ${server.port}`;
  await run('sh', [
    '-c',
    `${cli} ACL SETUSER bob on nopass '~*' +@all; ${cli} ACL SETUSER app on '>password' '~*' +@all`,
  ]);

  const { out } = await sundew(['audit', `127.0.0.1:${server.port}`, '--json'], data);

  const [report] = JSON.parse(out) as [AuditReport];
  return { report, port: server.port };
}

/** What a person does: the passwords of their own, and typed when asked. */
async function typed(line: string): Promise<string> {
  const password = line.includes('--user admin') ? 'ADMIN-PASSWORD' : 'NEW-PASSWORD';
  const pasted = line
    .replace(/^valkey-cli/, 'redis-cli')
    .replace(' --askpass', ` --no-auth-warning -a ${password}`);
  const { stdout } = await run('sh', ['-c', `${pasted} 2>&1`], { timeout: 5_000 });
  return stdout.trim();
}

const isCommand = (line: string): boolean => /^(redis|valkey)-cli /.test(line);

describe('the advice of an audit, pasted line by line', () => {
  test.for(Object.keys(RELEASES) as RealRelease[])('works on %s', async (release) => {
    const { report } = await audited(release);
    const findings = report.findings.map((finding) => ({ ...finding, fingerprint: finding.id }));
    const urgent = stepsOf({ ...report, findings })
      .flatMap(({ lines }) => lines)
      .filter(isCommand);
    const others = findings
      .filter(({ severity }) => severity === 'low' || severity === 'info')
      .flatMap(({ advice }) => splitAdvice(advice).flatMap(({ lines }) => lines))
      .filter((line) => isCommand(line) && !line.includes('--user'))
      .map((line) => line.replace(' --askpass', '').replace(/ (?=[A-Z])/, ' --user admin --askpass '));

    const refused: string[] = [];
    for (const line of [...urgent, ...others]) {
      const said = await typed(line);
      if (said !== '' && !said.startsWith('OK')) refused.push(`${line}: ${said}`);
    }

    expect(urgent.length).toBeGreaterThan(6);
    expect(others.length).toBeGreaterThan(4);
    expect(refused).toEqual([]);
  });

  test.for(Object.keys(RELEASES) as RealRelease[])(
    'lets %s start again with the lines for its configuration',
    async (release) => {
      const { report } = await audited(release);
      const lines = report.findings
        .flatMap(({ advice }) => splitAdvice(advice))
        .filter(({ text }) => /^In (redis|valkey)\.conf/.test(text))
        .flatMap((step) => step.lines)
        .filter((line) => !/^(dir|tls-|port) ?/.test(line))
        .map((line) => line.replace(' ADDRESS', ' 127.0.0.2'));
      const words = [...new Set(lines)].flatMap((line) => {
        const [name = '', ...values] = line.split(' ');
        return [`--${name}`, ...values];
      });

      const server = await startServer(
        await realServer(release),
        words.filter((word) => word !== ''),
      );
      await server.stop();

      expect(lines.length).toBeGreaterThan(6);
    },
  );
});
