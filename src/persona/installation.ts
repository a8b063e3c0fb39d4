/**
 * What a server installed from a distribution's package shows of its host. A persona gets these values in the place of
 * the recorded ones, so that nothing of the recording machine is left.
 */
export interface Installation {
  /** The last part of a persona's name. */
  readonly distribution: string;
  /** uname of a kernel of that release. */
  readonly os: string;
  /** Bytes. */
  readonly totalMemory: number;
}

/** By the compiler that built the server: each release of Debian has its own. */
const BY_COMPILER: Readonly<Record<string, Installation>> = {
  '10': { distribution: 'debian-11', os: 'Linux 5.10.0-30-amd64 x86_64', totalMemory: 4_123_168_768 },
  '12': { distribution: 'debian-12', os: 'Linux 6.1.0-32-amd64 x86_64', totalMemory: 8_323_403_776 },
  '14': { distribution: 'debian-13', os: 'Linux 6.12.48+deb13-amd64 x86_64', totalMemory: 4_104_196_096 },
};
const OTHER: Installation = {
  distribution: 'linux',
  os: 'Linux 6.1.0-32-amd64 x86_64',
  totalMemory: 8_323_403_776,
};

export function installationOf(compiler: string): Installation {
  return BY_COMPILER[compiler.split('.')[0] ?? ''] ?? OTHER;
}

/** Settings of a package that was opened to the network, as attackers find them; only those that the server has. */
export function installedSettings(
  engine: 'redis' | 'valkey',
  level: number,
): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(EMPTY.map((name) => [name, ''])),
    bind: level < 7 ? '' : '* -::*',
    port: '6379',
    'tls-port': '0',
    'protected-mode': 'no',
    dir: `/var/lib/${engine}`,
    dbfilename: 'dump.rdb',
    logfile: `/var/log/${engine}/${engine}-server.log`,
    pidfile: `/run/${engine}/${engine}-server.pid`,
    daemonize: 'no',
    supervised: 'systemd',
    save: level < 7 ? '900 1 300 10 60 10000' : '3600 1 300 100 60 10000',
    // The most that an emulator gives its visitors.
    maxmemory: '268435456',
    // The lure: what newer servers refuse is visibly allowed, so that every family of attack runs to its end.
    'enable-protected-configs': 'yes',
    'enable-debug-command': 'yes',
    'enable-module-command': 'yes',
    'cluster-announce-port': '0',
    'cluster-announce-bus-port': '0',
    'cluster-announce-tls-port': '0',
    'slave-announce-port': '0',
    'replica-announce-port': '0',
  };
}

/** Secrets, addresses and paths that are empty in every installation. */
const EMPTY = [
  'requirepass',
  'masterauth',
  'masteruser',
  'primaryauth',
  'primaryuser',
  'replicaof',
  'slaveof',
  'aclfile',
  'unixsocket',
  'bind-source-addr',
  'availability-zone',
  'cluster-announce-ip',
  'cluster-announce-hostname',
  'cluster-announce-human-nodename',
  'cluster-announce-client-ipv4',
  'cluster-announce-client-ipv6',
  'slave-announce-ip',
  'replica-announce-ip',
  'tls-cert-file',
  'tls-key-file',
  'tls-key-file-pass',
  'tls-client-cert-file',
  'tls-client-key-file',
  'tls-client-key-file-pass',
  'tls-dh-params-file',
  'tls-ca-cert-file',
  'tls-ca-cert-dir',
  'server_cpulist',
  'server-cpulist',
  'bio_cpulist',
  'bio-cpulist',
  'aof_rewrite_cpulist',
  'aof-rewrite-cpulist',
  'bgsave_cpulist',
  'bgsave-cpulist',
];
