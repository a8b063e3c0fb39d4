import { generateKeyPairSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A made-up run of characters, always the same for a seed. */
export function run(length: number, alphabet: string, seed = 1): string {
  let state = (seed * 2_654_435_761) >>> 0;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet[(state >>> 12) % alphabet.length] ?? '';
  }
  return text;
}
export const alnum = (length: number, seed?: number): string => run(length, BASE62, seed);
export const hex = (length: number, seed?: number): string => run(length, '0123456789abcdef', seed);
export const letters = (length: number, seed?: number): string => run(length, BASE62.slice(10), seed);
const uuid = (): string => `${hex(8)}-${hex(4, 2)}-${hex(4, 3)}-${hex(4, 4)}-${hex(12, 5)}`;

function withCrc(prefix: string): string {
  const body = alnum(30, 7);
  let sum = crc32(body);
  let text = '';
  for (let digit = 0; digit < 6; digit++) {
    text = `${BASE62[sum % 62] ?? ''}${text}`;
    sum = Math.floor(sum / 62);
  }
  return prefix + body + text;
}

/** Secrets of the documented forms, made up; put together here, so that no forge takes this file for a leak. */
export function plantedSecrets(): [kind: string, secret: string][] {
  const j = (...parts: string[]): string => parts.join('');
  return [
    ['token.github', withCrc(j('gh', 'p_'))],
    ['token.github', j('github', '_pat_', alnum(22), '_', alnum(59, 3))],
    ['token.gitlab', j('gl', 'pat-', alnum(20))],
    ['token.slack', j('xo', 'xb-', '123456789012-', '1234567890123-', alnum(24))],
    [
      'token.slack',
      j(
        'https://hooks.sl',
        'ack.com/services/T',
        run(8, '0123ABCDEF'),
        '/B',
        run(8, '456GHIJK'),
        '/',
        alnum(24),
      ),
    ],
    ['token.stripe', j('sk', '_live_', alnum(24))],
    ['token.google', j('AI', 'za', alnum(35))],
    ['token.google', j('GOC', 'SPX-', alnum(28))],
    ['token.sendgrid', j('S', 'G.', alnum(22), '.', alnum(43, 2))],
    ['token.npm', withCrc(j('np', 'm_'))],
    ['token.pypi', j('py', 'pi-AgE', 'IcHlwaS5vcmc', alnum(120))],
    ['token.docker', j('dckr', '_pat_', alnum(27))],
    ['token.digitalocean', j('dop', '_v1_', hex(64))],
    ['token.anthropic', j('sk-', 'ant-', 'api03-', alnum(93), 'AA')],
    ['token.openai', j('sk-', 'proj-', alnum(74), 'T3Blb', 'kFJ', alnum(74, 2))],
    ['token.openai', j('sk-', alnum(20), 'T3Blb', 'kFJ', alnum(20, 2))],
    ['token.huggingface', j('h', 'f_', letters(34))],
    ['token.groq', j('gs', 'k_', alnum(52))],
    ['token.telegram', j('7312', '645890', ':A', 'A', alnum(33))],
    [
      'token.discord',
      j(Buffer.from('793412068351942017').toString('base64url'), '.', alnum(6), '.', alnum(38, 4)),
    ],
    ['token.heroku', j('HR', 'KU-AA', alnum(58))],
    ['token.cloudflare', j('cf', 'ut_', alnum(40), hex(8))],
    ['token.vault', j('hv', 's.', alnum(95))],
    ['token.databricks', j('da', 'pi', hex(32))],
    ['token.square', j('sq0', 'atp-', alnum(22))],
    ['token.mailgun', j('ke', 'y-', hex(32))],
    ['token.mailchimp', j(hex(32), '-us', '12')],
    ['token.atlassian', j('AT', 'ATT3', alnum(180), '=', run(8, '0123456789ABCDEF'))],
    ['token.linear', j('lin', '_api_', alnum(40))],
    ['token.notion', j('nt', 'n_', run(11, '0123456789'), alnum(35))],
    ['token.postman', j('PM', 'AK-', hex(24), '-', hex(34, 2))],
    ['token.doppler', j('dp.', 'pt.', alnum(43))],
    ['token.dropbox', j('sl', '.B', alnum(136))],
    ['token.shopify', j('shp', 'at_', hex(32))],
    ['token.twilio', j('S', 'K', hex(32))],
    ['token.grafana', j('gl', 'sa_', alnum(32), '_', hex(8))],
    ['token.tailscale', j('ts', 'key-auth-', alnum(16), '-', alnum(32, 2))],
    ['token.figma', j('fi', 'gd_', alnum(40))],
    ['token.airtable', j('p', 'at', alnum(14), '.', hex(64))],
    ['token.hubspot', j('pat', '-na1-', uuid())],
    ['token.supabase', j('sb', 'p_', hex(40))],
    ['token.azure', j(alnum(3), '8', 'Q', '~', alnum(34))],
    ['token.terraform', j(alnum(14), '.atlas', 'v1.', alnum(66))],
    ['token.age', j('AGE-SEC', 'RET-KEY-1', run(58, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'))],
    ['connection-string', j('postgres', '://app:', 's3cr3t-horse', '@db.corp.io:5432/app')],
    ['connection-string', j('mongodb', '+srv://svc:', 'Tr0ub4dor', '@c0.abcde.mongodb.net/x')],
    [
      'connection-string',
      j(
        'DefaultEndpointsProtocol=https;AccountName=prod;Account',
        'Key=',
        alnum(86),
        '==;EndpointSuffix=core.windows.net',
      ),
    ],
    ['connection-string', j('Server=db1;Database=app;User Id=sa;Pass', 'word=', 'Tr0ub4dor;Encrypt=true')],
    ['password-hash', j('$2', 'b$12$', alnum(53))],
    ['password-hash', j('$argon2', 'id$v=19$m=65536,t=3,p=4$', alnum(22), '$', alnum(43))],
    ['password-hash', j('pbkdf2', '_sha256$870000$', alnum(22), '$', alnum(43), '=')],
    ['password-hash', j('$6', '$', alnum(16), '$', alnum(86))],
    [
      'private-key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ],
    [
      'private-key',
      generateKeyPairSync('rsa', { modulusLength: 1_024 })
        .privateKey.export({ type: 'pkcs1', format: 'pem' })
        .toString(),
    ],
    [
      'private-key.putty',
      j(
        'PuTTY-User-',
        'Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 1\n',
        alnum(64),
        '\nPriv',
        'ate-Lines: 1\n',
        alnum(48),
        '\nPrivate-MAC: ',
        hex(64),
        '\n',
      ),
    ],
    ['personal.email', j('ann.lee', '@corp-mail.com')],
    ['personal.iban', 'DE89370400440532013000'],
    ['personal.card', '4539 1488 0343 6467'],
    ['personal.phone', '+442079460018'],
    ['personal.national-id', '529.982.247-25'],
    ['personal.national-id', 'RSSMRA85T10A562S'],
  ];
}
