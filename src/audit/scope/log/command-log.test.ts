import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fixedClock } from '../../../platform/clock.ts';
import { chained, FIRST_CHAIN } from './chain.ts';
import type { CommandLog } from './command-log.ts';
import { LogFailed, openCommandLog } from './command-log.ts';
import { loggedCommands } from './command-words.ts';
import { logFiles } from './log-files.ts';
import { verifyLog } from './verify-log.ts';

const clock = fixedClock(Date.UTC(2026, 10, 25));
let runs = 0;

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
function open(folder: string, longest?: number): CommandLog {
  clock.advance(1_000);
  const run = String(++runs).padStart(16, '0');
  return openCommandLog(folder, { run, version: '0', by: 'tester', files: [] }, clock, longest);
}
function writeRun(folder: string): string {
  const log = open(folder);
  log.dial({ target: 'redis://192.0.2.7:6379', address: '192.0.2.7', depth: 'L2', by: 'Example Ltd' });
  for (let at = 0; at < 5; at++)
    log.sending('redis://192.0.2.7:6379', [
      ['INFO', 'all'],
      ['TYPE', `key${at}`],
    ]);
  log.end();
  return join(folder, log.head().file);
}
const states = async (folder: string): Promise<string[]> =>
  (await verifyLog(folder)).files.map(({ state }) => state);

describe('the log of what is sent', () => {
  test('is whole after a run, and each run hangs on the one before', async () => {
    const folder = temporary();
    writeRun(folder);
    const path = writeRun(folder);

    const { files, missing } = await verifyLog(folder);

    expect(missing).toEqual([]);
    expect(files).toMatchObject([
      { state: 'whole', lines: 8, dialled: 1, commands: 10 },
      { state: 'whole', header: { by: 'tester', after: { file: files[0]?.file, chain: files[0]?.chain } } },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('holds after a kill at every byte, up to the last whole line', async () => {
    const folder = temporary();
    const path = writeRun(folder);
    const whole = readFileSync(path);

    for (let length = whole.length - 1; length >= 0; length -= 37) {
      truncateSync(path, length);
      const [file] = (await verifyLog(folder)).files;

      const lines = whole.subarray(0, length).toString().split('\n').length - 1;
      expect(file).toMatchObject({ state: 'cut', lines });
    }
  });

  test.for([
    ['a changed word', (lines: string[]) => lines.with(3, (lines[3] ?? '').replace('INFO all', 'PING'))],
    ['a line that is gone', (lines: string[]) => lines.toSpliced(3, 1)],
    ['a line that is there twice', (lines: string[]) => lines.toSpliced(3, 0, lines[3] ?? '')],
    [
      'two lines that changed places',
      (lines: string[]) => lines.with(3, lines[4] ?? '').with(4, lines[3] ?? ''),
    ],
    ['a beginning that is gone', (lines: string[]) => lines.slice(1)],
    ['a line behind the end', (lines: string[]) => [...lines, '{}']],
    [
      'a line chained anew behind the end',
      (lines: string[]) => {
        const last = /"chain":"(\w+)"/.exec(lines.at(-1) ?? '')?.[1] ?? FIRST_CHAIN;
        return [...lines, chained('{"n":8,"time":1,"kind":"end"', last).line.trim()];
      },
    ],
  ] as const)('is broken by %s', async ([, change]) => {
    const folder = temporary();
    const path = writeRun(folder);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');

    writeFileSync(path, `${change(lines).join('\n')}\n`);

    expect(await states(folder)).toEqual(['broken']);
  });

  test('misses a file that is gone, an end that was cut off, and a run that was written anew', async () => {
    const folder = temporary();
    const [first, second] = [writeRun(folder), writeRun(folder)];
    const head = (await verifyLog(folder)).files[1]?.chain ?? '';
    const whole = readFileSync(first, 'utf8');

    writeFileSync(first, `${whole.trimEnd().split('\n').slice(0, 4).join('\n')}\n`);
    const cut = await states(folder);
    rmSync(first);
    const gone = await verifyLog(folder, head);
    rmSync(second);
    writeRun(folder);
    const anew = await verifyLog(folder, head);

    expect(cut).toEqual(['broken', 'whole']);
    expect(gone.missing).toEqual([expect.stringContaining('is gone')]);
    expect(anew.missing).toEqual([expect.stringContaining(head)]);
  });

  test('goes on in another file when one is full', async () => {
    const folder = temporary();
    const log = open(folder, 1_000);

    for (let at = 0; at < 30; at++) log.sending('redis://127.0.0.1:6379', [['INFO', 'all']]);
    log.end();

    const { files, missing } = await verifyLog(folder);
    expect(missing).toEqual([]);
    expect(files.length).toBeGreaterThan(3);
    expect(files.map(({ state }) => state)).toEqual(files.map(() => 'whole'));
    expect(files.reduce((sum, { commands }) => sum + commands, 0)).toBe(30);
  });

  test('that cannot be written says so before anything leaves', () => {
    const folder = temporary();
    writeFileSync(join(folder, 'file'), '');

    expect(() => open(join(folder, 'file'))).toThrow(LogFailed);
  });

  test('that is torn in the middle of an UTF-8 character is read', async () => {
    const folder = temporary();
    const path = writeRun(folder);
    truncateSync(path, statSync(path).size - 120);
    appendFileSync(path, Buffer.from([0xf0, 0x9f]));

    expect(await states(folder)).toEqual(['cut']);
    expect(logFiles(join(folder, 'none'))).toEqual([]);
  });
});

describe('a logged command', () => {
  test('shows its words when they are ours, and folds what names keys', () => {
    const { sent, digest } = loggedCommands([
      ['CONFIG', 'GET', 'dir'],
      ['TYPE', 'user:ann@example.invalid'],
      ['TYPE', 'user:bob@example.invalid'],
      ['STRLEN', 'user:bob@example.invalid'],
      ['SCAN', '0', 'COUNT', '250'],
      ['TYPE', 'x'],
    ]);

    expect(sent).toEqual(['CONFIG GET dir', 'TYPE x2', 'STRLEN', 'SCAN 0 COUNT 250', 'TYPE']);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.for([
    [['AUTH', 'hunter2']],
    [['auth', 'ann', 'hunter2']],
    [['HELLO', '3', 'AUTH', 'ann', 'hunter2']],
  ] as const)('%j shows no password, and no digest that would tell it', ([argv]) => {
    const logged = loggedCommands([argv, ['PING']]);

    expect(logged).toEqual({ sent: [`${argv[0].toUpperCase()} ?`, 'PING'], digest: undefined });
  });

  test('has a digest that depends on every word', () => {
    const digests = [
      [
        ['TYPE', 'a'],
        ['TYPE', 'b'],
      ],
      [['TYPE', 'ab']],
      [
        ['TYPE', 'b'],
        ['TYPE', 'a'],
      ],
    ].map((commands) => loggedCommands(commands).digest);

    expect(new Set(digests).size).toBe(3);
  });
});
