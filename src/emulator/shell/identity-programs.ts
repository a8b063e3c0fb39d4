import type { Machine } from './machine.ts';
import { kernelVersion, memoryFigures } from './machine-files.ts';
import type { Program, ProgramCall, Programs } from './program.ts';
import { optionsOf } from './program.ts';
import { PROGRAM_NAMES } from './program-names.ts';

const id: Program = (call) => {
  const { account, state } = call.machine;
  const { letters, rest } = optionsOf(call.args);
  const who = rest[0] ?? account;
  const root = who === 'root';
  if (!root && who !== account) return failed(call, `id: '${who}': no such user`);
  const [uid, gid, name] = root ? [0, 0, 'root'] : [state.uid, state.gid, account];
  if (letters.has('u')) call.out(`${letters.has('n') ? name : uid}\n`);
  else if (letters.has('g') || letters.has('G')) call.out(`${letters.has('n') ? name : gid}\n`);
  else call.out(`uid=${uid}(${name}) gid=${gid}(${name}) groups=${gid}(${name})\n`);
  return 0;
};

const uname: Program = (call) => {
  const { machine } = call;
  const { letters } = optionsOf(call.args);
  const all = letters.has('a') || letters.has('all');
  const shown = (letter: string, text: string): string[] => (all || letters.has(letter) ? [text] : []);
  const parts = [
    ...(letters.size === 0 ? ['Linux'] : shown('s', 'Linux')),
    ...shown('n', machine.state.hostname),
    ...shown('r', machine.kernel),
    ...shown('v', kernelVersion(machine)),
    ...shown('m', machine.architecture),
    ...shown('o', 'GNU/Linux'),
  ];
  call.out(`${parts.join(' ')}\n`);
  return 0;
};

const uptime: Program = (call) => {
  if (optionsOf(call.args).letters.has('p'))
    call.out(`up ${Math.trunc(upSeconds(call.machine) / 604_800)} weeks\n`);
  else call.out(`${uptimeLine(call.machine)}\n`);
  return 0;
};

function upSeconds({ now, booted }: Machine): number {
  return Math.trunc((now - booted) / 1_000);
}

function uptimeLine(machine: Machine): string {
  const minutes = Math.trunc(upSeconds(machine) / 60);
  const days = Math.trunc(minutes / 1_440);
  const clock = `${Math.trunc((minutes % 1_440) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return ` ${new Date(machine.now).toISOString().slice(11, 19)} up ${days} days, ${clock.padStart(5)},  0 users,  load average: 0.08, 0.03, 0.00`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const date: Program = (call) => {
  const at = new Date(call.machine.now);
  const two = (value: number): string => String(value).padStart(2, '0');
  const format = call.args.find((word) => word.startsWith('+'));
  if (format === undefined) {
    const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
    call.out(
      `${DAYS[at.getUTCDay()]} ${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${time} UTC ${at.getUTCFullYear()}\n`,
    );
    return 0;
  }
  const fields: Readonly<Record<string, string>> = {
    s: String(Math.trunc(call.machine.now / 1_000)),
    Y: String(at.getUTCFullYear()),
    m: two(at.getUTCMonth() + 1),
    d: two(at.getUTCDate()),
    H: two(at.getUTCHours()),
    M: two(at.getUTCMinutes()),
    S: two(at.getUTCSeconds()),
    F: at.toISOString().slice(0, 10),
    T: at.toISOString().slice(11, 19),
    N: '000000000',
  };
  call.out(`${format.slice(1, 200).replace(/%(\w)/g, (whole, letter: string) => fields[letter] ?? whole)}\n`);
  return 0;
};

const free: Program = (call) => {
  const { letters } = optionsOf(call.args);
  const { total, free: unused, available, cached } = memoryFigures(call.machine.memory);
  const unit = letters.has('m') ? 1_024 : letters.has('g') ? 1_048_576 : 1;
  const show = (kilobytes: number): string =>
    letters.has('h') ? human(kilobytes) : String(Math.trunc(kilobytes / unit));
  const row = (name: string, values: readonly number[]): string =>
    `${name.padEnd(8)}${values.map((value) => show(value).padStart(12)).join('')}\n`;
  call.out('               total        used        free      shared  buff/cache   available\n');
  call.out(row('Mem:', [total, total - available, unused, 612, cached, available]));
  call.out(row('Swap:', [0, 0, 0]));
  return 0;
};

function human(kilobytes: number): string {
  if (kilobytes < 1_024) return `${kilobytes}Ki`;
  return kilobytes < 1_048_576
    ? `${Math.round(kilobytes / 1_024)}Mi`
    : `${(kilobytes / 1_048_576).toFixed(1)}Gi`;
}

const df: Program = (call) => {
  const short = optionsOf(call.args).letters.has('h');
  call.out(
    short
      ? 'Filesystem      Size  Used Avail Use% Mounted on\n'
      : 'Filesystem     1K-blocks    Used Available Use% Mounted on\n',
  );
  call.out(
    short
      ? '/dev/sda1        39G  6.1G   31G  17% /\n'
      : '/dev/sda1       40453376 6342812  32304640  17% /\n',
  );
  return 0;
};

const which: Program = (call) => {
  let missing = 0;
  for (const word of optionsOf(call.args).rest) {
    if (!PROGRAM_NAMES.includes(word)) missing = 1;
    else call.out(`/usr/bin/${word}\n`);
  }
  return missing;
};

const ps: Program = (call) => {
  const { account, pid, port } = call.machine;
  const own = call.machine.state.lastPid;
  const line = `/usr/bin/${account}-server 127.0.0.1:${port}`;
  if (/[aexf]/.test(call.args.join(''))) {
    call.out('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
    for (const [user, number, command] of [
      ['root', 1, '/sbin/init'],
      ['root', 2, '[kthreadd]'],
      ['root', 221, '/lib/systemd/systemd-journald'],
      ['root', 247, '/lib/systemd/systemd-udevd'],
      ['root', 338, '/usr/sbin/cron -f'],
      [
        'message+',
        339,
        '/usr/bin/dbus-daemon --system --address=systemd: --nofork --nopidfile --systemd-activation --syslog-only',
      ],
      ['root', 352, '/lib/systemd/systemd-logind'],
      ['root', 371, 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'],
      [account, pid, line],
      [account, own, 'sh -c ps'],
      [account, own + 1, 'ps'],
    ] as const) {
      call.out(
        `${user.padEnd(9)}${String(number).padStart(7)}  0.0  0.3  66248 12140 ?        Ss   00:00   0:01 ${command}\n`,
      );
    }
    return 0;
  }
  call.out('    PID TTY          TIME CMD\n');
  call.out(
    `${String(pid).padStart(7)} ?        00:03:12 ${account}-server\n${String(own).padStart(7)} ?        00:00:00 sh\n${String(own + 1).padStart(7)} ?        00:00:00 ps\n`,
  );
  return 0;
};

const pgrep: Program = (call) => {
  const [wanted = ''] = optionsOf(call.args).rest;
  if (wanted === '' || !`${call.machine.account}-server`.includes(wanted.slice(0, 64))) return 1;
  call.out(`${call.machine.pid}\n`);
  return 0;
};

const env: Program = (call) => {
  const [first, ...rest] = call.args.filter((word) => !word.startsWith('-'));
  if (first !== undefined && !first.includes('=')) return call.run([first, ...rest]);
  for (const [name, value] of call.variables) if (name !== '$') call.out(`${name}=${value}\n`);
  return 0;
};

const exported: Program = (call) => {
  for (const word of call.args.slice(0, 32)) {
    const at = word.indexOf('=');
    if (at > 0 && call.variables.size < 128) call.variables.set(word.slice(0, at), word.slice(at + 1));
  }
  return 0;
};

function failed(call: ProgramCall, text: string): number {
  call.err(`${text}\n`);
  return 1;
}

const say =
  (text: (machine: Machine) => string): Program =>
  (call) => {
    call.out(text(call.machine));
    return 0;
  };

/** Who and where one is, and how the machine does. */
export const identityPrograms: Programs = {
  arch: say(({ architecture }) => `${architecture}\n`),
  command: (call) =>
    call.args[0] === '-v' ? which({ ...call, args: call.args.slice(1) }) : call.run(call.args),
  date,
  df,
  env,
  export: exported,
  free,
  groups: say(({ account }) => `${account}\n`),
  history: say(() => ''),
  hostname: (call) => {
    const { state } = call.machine;
    const asked = /^-[iI]/.test(call.args[0] ?? '');
    call.out(asked ? `10.${state.network.join('.')} \n` : `${state.hostname}\n`);
    return 0;
  },
  id,
  last: say(() => '\nwtmp begins Mon Jan  1 00:00:00 2024\n'),
  lscpu: say(
    ({ architecture, state }) =>
      `Architecture:            ${architecture}\nCPU(s):                  ${state.cpus}\nModel name:              ${state.cpu}\n`,
  ),
  nproc: say(({ state }) => `${state.cpus}\n`),
  pgrep,
  pidof: pgrep,
  printenv: env,
  ps,
  type: which,
  uname,
  unset: () => 0,
  uptime,
  w: say(
    (machine) =>
      `${uptimeLine(machine)}\nUSER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n`,
  ),
  which,
  who: say(() => ''),
  whoami: say(({ account }) => `${account}\n`),
};
