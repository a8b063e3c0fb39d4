/** Programs that which finds and ls shows beside those that answer. */
export const PROGRAM_NAMES: readonly string[] =
  `awk base64 basename bash busybox cat chattr chgrp chmod chown cp crontab curl cut date dd df dirname dpkg echo env
  false find free grep gzip head hostname id ip kill less ln ls lsattr md5sum mkdir mktemp mount mv nc nice nohup nproc
  perl pgrep pkill printf ps pwd python3 readlink rm rmdir sed setsid sh sha256sum sleep sort ss stat su systemctl tail
  tar tee test timeout top touch tr true uname uniq uptime w wc wget which who whoami xargs`.split(/\s+/);
