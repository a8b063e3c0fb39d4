import { fail } from './command.ts';
import { folderPath } from './folder-path.ts';

/** Folders that a Debian server with Redis, cron, SSH and a web server has; CONFIG SET dir looks here and nowhere else. */
const FOLDERS = new Set(
  `/ /bin /boot /dev /dev/shm /etc /etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/init.d /etc/profile.d /etc/redis
  /etc/ssh /home /lib /lib64 /media /mnt /opt /proc /root /root/.ssh /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib
  /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/backups /var/cache /var/lib /var/lib/redis /var/log
  /var/log/redis /var/mail /var/spool /var/spool/cron /var/spool/cron/crontabs /var/tmp /var/www /var/www/html`.split(
    /\s+/,
  ),
);

/** Settings that 6.0 only takes at start, and those that are no settings to CONFIG SET. */
const FIXED = new Set(
  `port bind databases daemonize supervised pidfile logfile unixsocket unixsocketperm tcp-backlog io-threads
  io-threads-do-reads always-show-logo cluster-enabled cluster-config-file syslog-enabled syslog-ident syslog-facility
  aclfile rdb-del-sync-files slaveof replicaof rename-command appendfilename`.split(/\s+/),
);

const MEMORY = /^(maxmemory|.*-max-ziplist-size|proto-max-bulk-len|client-query-buffer-limit|repl-backlog-size)$/;
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1_000,
  kb: 1_024,
  m: 1_000_000,
  mb: 1_048_576,
  g: 1_000_000_000,
  gb: 1_073_741_824,
};

/**
 * What CONFIG GET will answer after CONFIG SET name value; fails with Redis 6.0's words when it would refuse. `name`
 * is lower case and known.
 */
export function acceptedSetting(name: string, value: string, before: string): string {
  if (FIXED.has(name)) fail(`ERR Unsupported CONFIG parameter: ${name}`);
  const refuse = (why: string): never => fail(`ERR Invalid argument '${value}' for CONFIG SET '${name}'${why}`);
  if (name === 'dir') return folder(value, before);
  if (name === 'dbfilename') {
    return value.includes('/') ? refuse(" - dbfilename can't be a path, just a filename") : value;
  }
  if (name === 'save') return /^(\d+ \d+( \d+ \d+)*)?$/.test(value.slice(0, 256)) ? value : refuse('');
  if (before === 'yes' || before === 'no') {
    const chosen = value.toLowerCase();
    return chosen === 'yes' || chosen === 'no' ? chosen : refuse(" - argument must be 'yes' or 'no'");
  }
  if (MEMORY.test(name)) {
    const parts = /^(\d{1,18})([a-z]{0,2})$/i.exec(value.slice(0, 32));
    const unit = UNITS[(parts?.[2] ?? '?').toLowerCase()];
    return parts === null || unit === undefined
      ? refuse(' - argument must be a memory value')
      : String(Number(parts[1]) * unit);
  }
  if (/^-?\d+$/.test(before)) {
    return /^-?\d{1,18}$/.test(value) ? String(Number(value)) : refuse(" - argument couldn't be parsed into an integer");
  }
  return value;
}

function folder(value: string, before: string): string {
  const path = folderPath(value, before);
  if (!FOLDERS.has(path)) fail('ERR Changing directory: No such file or directory');
  return path;
}
