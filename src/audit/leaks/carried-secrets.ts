import type { ByteString } from '../../model/bytes.ts';
import type { Severity } from '../../model/severity.ts';
import { CUE, cuesIn } from './cue-words.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isPlaceholderPassword, isSample } from './placeholders.ts';
import { createPrefixScan } from './prefix-scan.ts';

interface CarriedForm {
  /** Without one of them in the text nothing is tried. */
  readonly cues: readonly string[];
  readonly title: string;
  readonly severity: Severity;
  /** Its first group is the secret. */
  readonly form: RegExp;
  /** The secret is `user:password` in base64. */
  readonly login?: boolean;
}

/** Secrets as headers, commands and the files of tools carry them: told by what stands around them. */
const FORMS: readonly CarriedForm[] = [
  form('asic ', 'login of HTTP', 'high', /\bbasic ([A-Za-z0-9+/]{8,200}={0,2})(?![A-Za-z0-9+/])/gi, true),
  form('"auth', 'login to a registry', 'high', /"auth\\?"\s?:\s?\\?"([A-Za-z0-9+/]{8,300}={0,2})\\?"/g, true),
  form('_auth=', 'login to a registry', 'high', /\b_auth=([A-Za-z0-9+/]{8,300}={0,2})(?!\w)/g, true),
  form('identitytoken', 'login to a registry', 'high', /"identitytoken\\?"\s?:\s?\\?"([^"\\]{20,200})/g),
  form('earer ', 'bearer token', 'medium', /\bbearer (?!eyJ)((?=[\w.~+/-]{0,80}\d)[\w.~+/-]{24,500})/gi),
  form(
    'machine ',
    'login of a .netrc',
    'high',
    /\bmachine\s\S{1,200}\s{1,8}(?:login\s\S{1,100}\s{1,8})?password\s{1,4}(\S{6,128})/g,
  ),
  form('requirepass', 'password of a Redis server', 'high', /\brequirepass\s{1,4}"?([^\s"]{8,512})/g),
  form('masterauth', 'password of a Redis server', 'high', /\bmasterauth\s{1,4}"?([^\s"]{8,512})/g),
  form(
    'IDENTIFIED',
    'password of a database user',
    'high',
    /\bIDENTIFIED (?:WITH \w{1,40} )?BY \\?'([^'\\\s]{6,128})/g,
  ),
  form("PASSWORD '", 'password of a database user', 'high', /\bPASSWORD '([^'\s]{6,128})'/g),
  form('sshpass ', 'password in a command', 'high', /\bsshpass -p\s?\\?['"]?([^\s'"\\]{5,128})/g),
  form(
    'curl ',
    'password in a command',
    'high',
    /\bcurl\s[^\n|;]{0,200}?(?:-u|--user)\s\\?['"]?[^\s:'"]{1,64}:([^\s'"\\]{5,128})/g,
  ),
  form(
    'mysql',
    'password in a command',
    'high',
    /\bmysql(?:dump|admin)?\s[^\n|;]{0,120}?\s-p\\?['"]?([^\s'"\\-][^\s'"\\]{4,127})/g,
  ),
  form(
    'redis-cli ',
    'password in a command',
    'high',
    /\bredis-cli\s[^\n|;]{0,120}?-a\s\\?['"]?([^\s'"\\]{6,128})/g,
  ),
  form(
    'docker login',
    'password in a command',
    'high',
    /\bdocker login\s[^\n|;]{0,120}?(?:-p|--password)[ =]\\?['"]?([^\s'"\\]{6,128})/g,
  ),
  form(
    ':5432:',
    'login of a .pgpass',
    'high',
    /(?:^|[\s"])[\w.*-]{1,200}:5432:[\w*-]{1,64}:[\w*-]{1,64}:([^\s:"\\]{6,128})/g,
  ),
  form(
    'jdbc:oracle',
    'database address with a password',
    'high',
    /jdbc:oracle:(?:thin|oci):[\w$]{1,64}\/([^@\s"]{5,128})@/g,
  ),
  form('@tcp(', 'database address with a password', 'high', /[\w.-]{1,64}:([^\s:@/"']{5,128})@tcp\(/g),
  form(
    '.git',
    'token in an address',
    'high',
    /https?:\/\/((?=[\w-]{0,40}\d)[\w-]{20,255})@[\w.-]{1,100}\/[\w./-]{1,200}\.git\b/g,
  ),
  form(
    'otpauth:',
    'secret of one-time passwords',
    'high',
    /otpauth:\/\/[ht]otp\/[^\s?"]{0,200}\?(?:[^\s"]{0,100}&)?secret=([A-Z2-7]{16,128})/g,
  ),
  form(
    'mnemonic',
    'words of a wallet',
    'high',
    /mnemonic[^a-z\n]{1,12}(?:\w{0,2}[^a-z\n]{1,6})?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})/g,
  ),
  form('/hooks/', 'webhook of a chat', 'medium', /https:\/\/[\w.-]{1,100}\/hooks\/([a-z0-9]{26})(?!\w)/g),
  form('NRAL', 'New Relic licence key', 'high', /(?<![0-9a-z])([0-9a-z]{36}NRAL)(?![0-9A-Za-z])/g),
  form('snmp-server', 'SNMP community', 'medium', /\bsnmp-server community (\S{6,64}) R[OW]/g),
  form('Unseal Key', 'unseal key', 'critical', /\bUnseal Key \d{1,2}: ([A-Za-z0-9+/=]{43,100})/g),
  // Cookies: whoever reads one is that visitor, as long as it lives.
  form(
    'PHPSESSID= JSESSIONID= ASP.NET_SessionId= connect.sid= laravel_session= sessionid= _session_id= ASPSESSIONID',
    'session cookie',
    'low',
    /\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|connect\.sid|laravel_session|sessionid|_session_id|ASPSESSIONID[A-Z]{8})=((?=[^;\s]{0,60}\d)[\w%.:+/-]{16,200})/g,
  ),
  form('CfDJ8', 'protected cookie of ASP.NET', 'low', /(?<![\w-])(CfDJ8[\w-]{80,4000})/g),
  form(
    '.eJ',
    'signed cookie of Flask',
    'low',
    /(?<![\w.-])(\.eJ[\w-]{20,4000}\.[\w-]{6}\.[\w-]{27})(?![\w-])/g,
  ),
  form('gAAAAA', 'Fernet token', 'low', /(?<![\w-])(gAAAAA[\w-]{70,4000}={0,2})(?![\w-])/g),
];

function form(cues: string, title: string, severity: Severity, pattern: RegExp, login = false): CarriedForm {
  return { cues: cues.includes('= ') ? cues.split(' ') : [cues], title, severity, form: pattern, login };
}

const scan = createPrefixScan(FORMS.flatMap((one) => one.cues.map((prefix) => ({ prefix, one }))));

export const carriedSecrets: LeakDetector = (text) => {
  if ((cuesIn(text) & CUE.carried) === 0) return [];
  let told: Set<CarriedForm> | undefined;
  scan(text, (_, cues) => {
    told ??= new Set();
    for (const { one } of cues) told.add(one);
  });
  const leaks: Leak[] = [];
  for (const one of told ?? [])
    for (const [, word = ''] of text.matchAll(one.form)) {
      if (leaks.length >= MOST_LEAKS_A_VALUE) return leaks;
      const secret = one.login === true ? passwordOf(word) : word;
      if (secret === undefined || isPlaceholderPassword(secret) || isSample(secret)) continue;
      leaks.push({ kind: 'carried-secret', title: one.title, severity: one.severity, secret });
    }
  return leaks;
};

function passwordOf(word: ByteString): string | undefined {
  const plain = Buffer.from(word, 'base64').toString('latin1');
  return /^[!-9;-~]{1,200}:([!-~]{4,200})$/.exec(plain)?.[1];
}
