import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Act } from '../src/model/act.ts';
import { openLine } from './emulator-probes/line.ts';
import { temporaryData } from './peers/data-folder.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';
import {
  echo,
  extendedSetup,
  FLAGS2_EXTENDED,
  GROOMING,
  negotiate,
  ntlm,
  SHAPES,
  sessionSetup,
  treeConnect,
  write,
} from './smb/messages.ts';
import { rulesThatHold } from './smb/rules-that-hold.ts';
import { testSmbSensor } from './smb/test-smb-sensor.ts';

const run = promisify(execFile);

/** The output of a real client; its exit code does not matter. */
async function client(program: string, ...words: string[]): Promise<string> {
  const done = await run(program, words, { timeout: 60_000 }).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error)
      return error as unknown as { stdout: string; stderr: string };
    throw error;
  });
  return `${done.stdout}${done.stderr}`;
}

async function nmap(port: number, ...words: string[]): Promise<string> {
  return client('nmap', '-Pn', '-n', '-p', String(port), ...words, '127.0.0.1');
}

const commands = (acts: readonly Act[]) => acts.filter((act) => act.type === 'smb.command');

describe('real clients', () => {
  test.for(['', 'smbbasic=1,'])('nmap finds it vulnerable to MS17-010, with %j', async (mode) => {
    const { port, recorder } = await testSmbSensor();

    const said = await nmap(port, '--script', 'smb-vuln-ms17-010', '--script-args', `${mode}smbport=${port}`);

    expect(said).toMatch(/State: VULNERABLE[^]*CVE-2017-0143/);
    expect(recorder.acts('smb.command')).toContainEqual(
      expect.objectContaining({ subcommand: 'peek-named-pipe', status: 'STATUS_INSUFF_SERVER_RESOURCES' }),
    );
    expect(rulesThatHold(recorder.acts('smb.command'))).toEqual(['smb.ms17-010-probe']);
    expect(recorder.acts('smb.login')).toContainEqual(expect.objectContaining({ nativeOs: 'Nmap' }));
  });

  test('nmap does not find DoublePulsar, and its ping is told', async () => {
    const { port, recorder } = await testSmbSensor();

    const said = await nmap(
      port,
      '--script',
      'smb-double-pulsar-backdoor',
      '--script-args',
      `vulns.showall,smbport=${port}`,
    );

    expect(said).toContain('State: NOT VULNERABLE');
    expect(recorder.acts('smb.command')).toContainEqual(
      expect.objectContaining({ subcommand: 'session-setup', order: 'ping' }),
    );
    expect(rulesThatHold(recorder.acts('smb.command'))).toEqual(['smb.doublepulsar-ping']);
  });

  test('nmap -sV takes it for Windows, and smb-protocols for a host with SMB1 only', async () => {
    const { port } = await testSmbSensor();

    const version = await nmap(port, '-sV');
    const protocols = await nmap(port, '--script', 'smb-protocols', '--script-args', `smbport=${port}`);

    expect(version).toMatch(/microsoft-ds\s+Microsoft Windows 7 - 10 microsoft-ds \(workgroup: WORKGROUP\)/);
    expect(version).toMatch(/Host: WIN-[A-Z0-9]{11}; OS: Windows/);
    expect(protocols).toContain('NT LM 0.12 (SMBv1)');
    expect(protocols).not.toMatch(/\b[23]\.\d/);
  }, 90_000);

  test('smbclient reaches IPC$ and no other share', async () => {
    const { port, recorder } = await testSmbSensor();
    const words = ['-m', 'NT1', '--option=client min protocol=NT1', '-N', '-p', String(port), '-c', 'help'];

    const ipc = await client('smbclient', ...words, '//127.0.0.1/IPC$');
    const other = await client('smbclient', ...words, '//127.0.0.1/C$');

    expect(ipc).toContain('allinfo');
    expect(other).toContain('NT_STATUS_BAD_NETWORK_NAME');
    expect(recorder.acts('smb.login')).toContainEqual(
      expect.objectContaining({ nativeLanMan: 'Samba', accepted: true }),
    );
  });

  test('impacket logs in anonymously, and asks the same question', async () => {
    const { port } = await testSmbSensor();
    const script = [
      'from impacket.smb import SMB',
      `c = SMB("127.0.0.1", "127.0.0.1", sess_port=${port})`,
      'c.login("", "")',
      'print(c.get_server_os(), c.get_server_name(), c.tree_connect_andx("\\\\\\\\127.0.0.1\\\\IPC$"))',
    ];

    // Debian's own Python: that is where the package is.
    const said = await client('/usr/bin/python3', '-c', script.join('\n'));

    expect(said).toMatch(/^Windows 7 Professional 7601 Service Pack 1 WIN-[A-Z0-9]{11} 2048$/m);
  });
});

describe('a session', () => {
  test('is opened, has its commands and its login, and is closed with counts', async () => {
    const { port, say } = await testSmbSensor();
    const frames = [
      negotiate(),
      sessionSetup(['', '', 'Windows 2000 2195', '']),
      treeConnect('\\\\192.0.2.1\\IPC$'),
    ];

    const acts = await say(...frames);

    expect(acts).toEqual([
      { type: 'session.opened', protocol: 'smb', local: { address: '127.0.0.1', port } },
      {
        type: 'smb.command',
        name: 'negotiate',
        dialects: ['LANMAN1.0', 'NT LM 0.12'],
        status: 'STATUS_SUCCESS',
        bytes: 23,
      },
      { type: 'smb.command', name: 'session-setup-andx', status: 'STATUS_SUCCESS', bytes: 43 },
      {
        type: 'smb.login',
        user: '',
        domain: '',
        workstation: '',
        nativeOs: 'Windows 2000 2195',
        nativeLanMan: '',
        accepted: true,
      },
      {
        type: 'smb.command',
        name: 'tree-connect-andx',
        path: '\\\\192.0.2.1\\IPC$',
        status: 'STATUS_SUCCESS',
        bytes: 41,
      },
      {
        type: 'session.closed',
        reason: 'visitor',
        commands: 3,
        bytesIn: Buffer.concat(frames).length,
        bytesOut: expect.any(Number) as number,
        ms: expect.any(Number) as number,
      },
    ]);
  });

  test('never records what a password was hashed to', async () => {
    const { say } = await testSmbSensor();

    const acts = await say(
      negotiate({ flags2: FLAGS2_EXTENDED }),
      extendedSetup(ntlm(1)),
      extendedSetup(ntlm(3, { user: 'eve' })),
    );

    expect(acts).toContainEqual(expect.objectContaining({ type: 'smb.login', user: 'eve' }));
    expect(JSON.stringify(acts)).not.toContain('NTLMSSP');
  });

  test('that speaks SMB2 is a fault, and over', async () => {
    const { say } = await testSmbSensor();

    const acts = await say(Buffer.from(`000000b4fe534d42${'00'.repeat(40)}`, 'hex'));

    expect(acts).toMatchObject([
      { type: 'session.opened' },
      { type: 'wire.fault', fault: 'SMB2 or later, not spoken here', looksLike: 'smb' },
      { type: 'session.closed', reason: 'protocol-error' },
    ]);
  });

  test.for([
    ['http', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['tls', '\x16\x03\x01\x02\x00\x01\x00\x01'],
    ['smb', '\x00\x00\x00\x05\xffSMBr'],
    ['unknown', '\x00\x00\x00\x05xxxx'],
  ] as const)('that is %s is a fault', async ([kind, bytes]) => {
    const { say } = await testSmbSensor();

    const acts = await say(Buffer.from(bytes, 'latin1'));

    expect(acts[1]).toMatchObject({ type: 'wire.fault', looksLike: kind });
  });

  test('goes through the NetBIOS session service as on port 139', async () => {
    const { visit } = await testSmbSensor();
    const line = await visit();

    line.send(Buffer.from(`81000044${'20'.repeat(68)}`, 'hex').toString('latin1'));
    await line.until((got) => got.length >= 4);
    expect(line.take()).toBe('\x82\0\0\0');

    line.send(negotiate().toString('latin1'));
    await line.until((got) => got.includes('\xffSMBr'));
  });
});

describe('the shapes of exploits', () => {
  test.for([
    ['probe', ['smb.ms17-010-probe']],
    ['eternalBlue', ['smb.eternalblue']],
    ['eternalRomance', ['smb.eternal-synergy']],
    ['eternalSynergy', ['smb.eternal-synergy']],
    ['eternalChampionLeak', ['smb.eternal-champion', 'smb.reserved-rename']],
    ['eternalChampion', ['smb.eternal-champion']],
    ['doublePulsarExec', ['smb.doublepulsar-order']],
    ['doublePulsarKill', ['smb.doublepulsar-order']],
  ] as const)('%s is seen for what it is', async ([name, rules]) => {
    const { say } = await testSmbSensor();

    const acts = await say(
      negotiate(),
      sessionSetup(['', '', '', '']),
      treeConnect('IPC$'),
      ...SHAPES[name],
      echo(1, 'x'),
    );

    expect(rulesThatHold(acts)).toEqual(rules);
    expect(commands(acts).at(-1)).toMatchObject({ name: 'echo', status: 'STATUS_SUCCESS' });
  });

  test('grooming connections are told, and kept open for what they wait for', async () => {
    const { visit, recorder } = await testSmbSensor();
    const line = await visit();

    line.send(GROOMING.toString('latin1'));
    for (let sent = 0; sent < 40; sent++) line.send('\0'.repeat(65_536));
    await new Promise((resolve) => setTimeout(resolve, 200));

    expect(line.closed).toBe(false);
    expect(recorder.acts('smb.command')).toEqual([
      { type: 'smb.command', name: 'grooming', status: '', bytes: 65_527 },
    ]);
    expect(rulesThatHold(recorder.acts('smb.command'))).toEqual(['smb.eternalblue-grooming']);
  });

  test('transactions are told apart by connection', async () => {
    const { say } = await testSmbSensor();
    const [open, ...go] = SHAPES.eternalBlue;

    const first = await say(open);
    const second = await say(...go, write(1, 1));

    expect(rulesThatHold([...first, ...second])).toEqual([]);
  });
});

describe('sundew up --smb', () => {
  test('listens beside the Redis sensor, and what comes ends up as findings', async () => {
    const data = temporaryData();
    const { running } = await startSensor(data, '--smb', '127.0.0.1:0');
    const [, port = ''] = await running.says(/SMB sensor\s+127\.0\.0\.1:(\d+)/);

    const line = await openLine(Number(port));
    line.send(Buffer.concat([negotiate(), ...SHAPES.eternalBlue]).toString('latin1'));
    line.finish();
    await line.gone();
    await running.stop();
    const { out } = await sundew(['findings', '--ndjson'], data);

    expect(out).toContain('smb.eternalblue');
    expect(out).toContain('"sensor":"smb"');
  });

  test('refuses a port that is taken, and names it', async () => {
    const { port } = await testSmbSensor();

    const { code, err } = await sundew(
      ['up', '--redis', '127.0.0.1:0', '--no-dashboard', '--smb', `127.0.0.1:${port}`],
      temporaryData(),
    );

    expect(code).toBe(2);
    expect(err).toContain(`Something already listens on 127.0.0.1:${port}.`);
  });
});

describe('what would hurt', () => {
  test('a message that drips in for ever is let go', async () => {
    const { visit, recorder } = await testSmbSensor({ messageMs: 150, settleMs: 20 });
    const line = await visit();
    line.send('\0\x02\0\0\xffSMB');
    const timer = setInterval(() => line.send('x'), 20);

    await line.gone();
    clearInterval(timer);
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'timeout' }]);
  });

  test('a visitor who says nothing is let go', async () => {
    const { visit, recorder } = await testSmbSensor({ idleMs: 50 });
    const line = await visit();

    await line.gone();
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'timeout' }]);
  });

  test('those who hold much go when all together hold too much', async () => {
    const { visit, recorder } = await testSmbSensor({ heldBytesTotal: 400_000 });
    const lines = await Promise.all(Array.from({ length: 8 }, visit));

    for (const line of lines) line.send(`\0\x02\0\0\xffSMB${'x'.repeat(120_000)}`);
    await recorder.ended(1);
    const last = await visit();
    last.send(negotiate().toString('latin1'));
    await last.until((got) => got.includes('\xffSMBr'));

    expect(recorder.acts('session.closed')[0]).toMatchObject({ reason: 'limit' });
  });

  test('plain commands are recorded up to a number, telling ones all, and both are counted', async () => {
    const { say } = await testSmbSensor({ plainCommands: 10 });
    const plain = Array.from({ length: 2_000 }, () => echo(1, 'x'));

    const acts = await say(...plain, ...SHAPES.probe);

    expect(commands(acts).filter((act) => act.name === 'echo').length).toBe(10);
    expect(commands(acts).filter((act) => act.name === 'transaction').length).toBe(1);
    expect(acts.at(-1)).toMatchObject({ type: 'session.closed', commands: 2_001 });
  });

  test('replies that nobody reads are not gathered', async () => {
    const { visit, recorder } = await testSmbSensor();
    const line = await visit();
    line.pause(true);
    const data = Buffer.concat(Array.from({ length: 40 }, () => echo(1, 'x'.repeat(16_000)))).toString(
      'latin1',
    );
    const before = process.memoryUsage().rss;
    for (let sent = 0; sent < 200; sent++) line.send(data);
    await new Promise((resolve) => setTimeout(resolve, 500));

    // 128 MB were sent by this process; the sensor has stopped reading long before.
    expect(process.memoryUsage().rss - before).toBeLessThan(600_000_000);
    line.end();
    await recorder.ended(1);
    expect(recorder.acts('session.closed')[0]?.bytesIn).toBeLessThan(60_000_000);
  });

  test('waits while events are not taken', async () => {
    const { visit, recorder } = await testSmbSensor();
    const line = await visit();
    recorder.saturate(true);
    line.send(negotiate().toString('latin1'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    const held = line.take();

    recorder.saturate(false);
    await line.until((got) => got.includes('\xffSMBr'));

    expect(held).toBe('');
  });
});
