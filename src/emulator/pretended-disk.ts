const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Folders that a Debian server with Redis, cron, SSH and a web server has; CONFIG SET dir looks here and nowhere else. */
export const FOLDERS = words(
  `/ /bin /boot /dev /dev/shm /etc /etc/cron.d /etc/cron.daily /etc/cron.hourly /etc/init.d /etc/profile.d /etc/redis
  /etc/ssh /home /lib /lib64 /media /mnt /opt /proc /root /root/.ssh /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib
  /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/backups /var/cache /var/lib /var/lib/redis /var/log
  /var/log/redis /var/mail /var/spool /var/spool/cron /var/spool/cron/crontabs /var/tmp /var/www /var/www/html`,
);
export const FILES = words(
  `/etc/crontab /etc/group /etc/hosts /etc/passwd /etc/profile /etc/redis/redis.conf /etc/shadow /etc/ssh/sshd_config
  /root/.bashrc /root/.profile /usr/bin/redis-server /var/www/html/index.html`,
);
