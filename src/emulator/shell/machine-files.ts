import type { ByteString } from '../../model/bytes.ts';
import type { Machine } from './machine.ts';

/** What a Debian of that release has in the files that people look at first. Facts agree with INFO and CONFIG. */
export function machineFile(machine: Machine, path: string): ByteString | undefined {
  const { state, account } = machine;
  switch (path) {
    case '/etc/passwd':
      return passwd(machine);
    case '/etc/group':
      return group(machine);
    case '/etc/os-release':
    case '/usr/lib/os-release':
      return osRelease(machine.debian);
    case '/etc/debian_version':
      return `${machine.debian}.${machine.debian === 11 ? 11 : machine.debian === 12 ? 12 : 1}\n`;
    case '/etc/issue':
      return `Debian GNU/Linux ${machine.debian} \\n \\l\n\n`;
    case '/etc/hostname':
      return `${state.hostname}\n`;
    case '/etc/hosts':
      return `127.0.0.1\tlocalhost\n127.0.1.1\t${state.hostname}\n\n::1     localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n`;
    case '/etc/resolv.conf':
      return `nameserver ${address(machine, 2)}\n`;
    case '/etc/fstab':
      return '# <file system> <mount point>   <type>  <options>       <dump>  <pass>\n/dev/sda1 / ext4 errors=remount-ro 0 1\n';
    case '/etc/crontab':
      return crontab();
    case '/proc/version':
      return `Linux version ${machine.kernel} (debian-kernel@lists.debian.org) (${compiler(machine.debian)}) ${kernelVersion(machine)}\n`;
    case '/proc/cpuinfo':
      return cpuInfo(machine);
    case '/proc/meminfo':
      return memInfo(machine.memory);
    case '/proc/loadavg':
      return `0.0${state.cpus} 0.03 0.00 1/${90 + state.cpus * 11} ${state.lastPid}\n`;
    case '/proc/uptime': {
      const seconds = (machine.now - machine.booted) / 1_000;
      return `${seconds.toFixed(2)} ${(seconds * state.cpus * 0.98).toFixed(2)}\n`;
    }
    case '/proc/self/cgroup':
      return `0::/system.slice/${account}-server.service\n`;
    case '/proc/self/cmdline':
      return 'cat\0/proc/self/cmdline\0';
    case `/proc/${machine.pid}/cmdline`:
      return `/usr/bin/${account}-server 127.0.0.1:${machine.port}\0`;
    case `/etc/${account}/${account}.conf`:
      return configFile(machine);
    default:
      return undefined;
  }
}

export function address({ state }: Machine, last: number = state.network[2]): string {
  return `10.${state.network[0]}.${state.network[1]}.${last}`;
}

/** The version word of uname -v, by release. */
export function kernelVersion({ debian, kernel }: Machine): string {
  const [release = ''] = kernel.split(/[-+]/);
  if (debian <= 11) return `#1 SMP Debian ${release.split('.').slice(0, 2).join('.')}.218-1 (2024-06-01)`;
  const built = debian === 12 ? '129-1 (2025-03-06)' : '48-1 (2025-09-20)';
  return `#1 SMP PREEMPT_DYNAMIC Debian ${release.split('.').slice(0, 2).join('.')}.${built}`;
}

function compiler(debian: number): string {
  const gcc =
    debian <= 11
      ? '10 (Debian 10.2.1-6) 10.2.1 20210110'
      : debian === 12
        ? '12 (Debian 12.2.0-14) 12.2.0'
        : '14 (Debian 14.2.0-19) 14.2.0';
  const binutils = debian <= 11 ? '2.35.2' : debian === 12 ? '2.40' : '2.44';
  return `gcc-${gcc}, GNU ld (GNU Binutils for Debian) ${binutils}`;
}

function osRelease(debian: number): string {
  const code = debian <= 11 ? 'bullseye' : debian === 12 ? 'bookworm' : 'trixie';
  return `PRETTY_NAME="Debian GNU/Linux ${debian} (${code})"
NAME="Debian GNU/Linux"
VERSION_ID="${debian}"
VERSION="${debian} (${code})"
VERSION_CODENAME=${code}
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
}

/** Accounts of every Debian, with number and folder; all of them may not log in. */
const ACCOUNTS =
  'daemon:1:/usr/sbin bin:2:/bin sys:3:/dev sync:4:/bin games:5:/usr/games man:6:/var/cache/man lp:7:/var/spool/lpd mail:8:/var/mail news:9:/var/spool/news uucp:10:/var/spool/uucp proxy:13:/bin www-data:33:/var/www backup:34:/var/backups list:38:/var/list irc:39:/run/ircd'.split(
    ' ',
  );

function passwd({ state, account }: Machine): string {
  const lines = ACCOUNTS.map((one) => {
    const [name = '', id = '', folder = ''] = one.split(':');
    return name === 'sync'
      ? 'sync:x:4:65534:sync:/bin:/bin/sync'
      : `${name}:x:${id}:${name === 'games' ? 60 : name === 'man' ? 12 : id}:${name}:${folder}:/usr/sbin/nologin`;
  });
  return `${[
    'root:x:0:0:root:/root:/bin/bash',
    ...lines,
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    'sshd:x:100:65534::/run/sshd:/usr/sbin/nologin',
    `${account}:x:${state.uid}:${state.gid}::/var/lib/${account}:/usr/sbin/nologin`,
  ].join('\n')}\n`;
}

function group({ state, account }: Machine): string {
  return `root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nwww-data:x:33:\nshadow:x:42:\nusers:x:100:\n${account}:x:${state.gid}:\nnogroup:x:65534:\n`;
}

function crontab(): string {
  return `SHELL=/bin/sh
PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly
25 6\t* * *\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )
47 6\t* * 7\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.weekly )
52 6\t1 * *\troot\ttest -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.monthly )
`;
}

function cpuInfo({ state }: Machine): string {
  const amd = state.cpu.startsWith('AMD');
  return Array.from({ length: state.cpus }, (_, index) =>
    [
      `processor\t: ${index}`,
      `vendor_id\t: ${amd ? 'AuthenticAMD' : 'GenuineIntel'}`,
      `cpu family\t: ${amd ? 23 : 6}`,
      `model\t\t: ${amd ? 1 : 85}`,
      `model name\t: ${state.cpu}`,
      `stepping\t: ${amd ? 2 : 7}`,
      'cache size\t: 33024 KB',
      `siblings\t: ${state.cpus}`,
      `core id\t\t: ${index >> 1}`,
      `cpu cores\t: ${state.cpus / 2}`,
      'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx rdtscp lm rep_good nopl cpuid pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx f16c rdrand hypervisor lahf_lm abm avx2',
      'address sizes\t: 46 bits physical, 48 bits virtual',
      '',
      '',
    ].join('\n'),
  ).join('');
}

/** Kilobytes as /proc tells them: what is used is a part of all, so that the figures add up. */
export function memoryFigures(memory: number): {
  total: number;
  free: number;
  available: number;
  cached: number;
} {
  const total = Math.trunc(memory / 1_024);
  return {
    total,
    free: Math.trunc(total * 0.31),
    available: Math.trunc(total * 0.83),
    cached: Math.trunc(total * 0.47),
  };
}

function memInfo(memory: number): string {
  const { total, free, available, cached } = memoryFigures(memory);
  const line = (name: string, kilobytes: number): string =>
    `${`${name}:`.padEnd(16)}${String(kilobytes).padStart(8)} kB\n`;
  return [
    line('MemTotal', total),
    line('MemFree', free),
    line('MemAvailable', available),
    line('Buffers', Math.trunc(total * 0.03)),
    line('Cached', cached),
    line('SwapCached', 0),
    line('SwapTotal', 0),
    line('SwapFree', 0),
  ].join('');
}

/** As CONFIG REWRITE would leave it: the settings that people look for. */
function configFile({ settings, account, port }: Machine): string {
  const told = [
    'bind',
    'protected-mode',
    'timeout',
    'tcp-keepalive',
    'daemonize',
    'loglevel',
    'databases',
    'dbfilename',
    'dir',
    'requirepass',
    'maxmemory',
    'appendonly',
  ];
  const lines = told.flatMap((name) => {
    const value = settings.get(name) ?? '';
    return value === '' || (name === 'maxmemory' && value === '0') ? [] : [`${name} ${value}`];
  });
  return `port ${port}\npidfile /run/${account}/${account}-server.pid\nlogfile /var/log/${account}/${account}-server.log\n${lines.join('\n')}\n`;
}
