import type { ByteString } from '../../model/bytes.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isPlaceholderPassword } from './placeholders.ts';

const SCHEMES = new Set(
  'postgres postgresql cockroachdb mysql mysqlx mysql2 mariadb mongodb mongodb+srv redis rediss valkey valkeys amqp amqps mssql sqlserver oracle clickhouse cassandra couchdb couchbase neo4j neo4j+s bolt influxdb elasticsearch kafka nats stomp mqtt mqtts ldap ldaps smtp smtps imap imaps pop3 ftp sftp ftps ssh smb dsn snowflake redshift trino hive rtsp rtsps socks5 socks4 socks sqla db cloudinary jdbc vnc rdp telnet'.split(
    ' ',
  ),
);
const LONGEST_LOGIN = 300;

/** Addresses of databases and mail servers with a password in them, in any of the usual ways to write it. */
export const connectionStrings: LeakDetector = (text) =>
  [...urls(text), ...settings(text)].slice(0, MOST_LEAKS_A_VALUE);

function urls(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', mark + 3)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const written =
      /[a-z][a-z0-9+]{0,20}$/i.exec(text.slice(Math.max(0, mark - 21), mark))?.[0]?.toLowerCase() ?? '';
    const plain = written.split('+')[0] ?? '';
    const rest = text.slice(mark + 3, mark + 3 + LONGEST_LOGIN);
    // SQLAlchemy names the driver behind a plus; a binary length may stand before.
    const scheme = [written, plain, plain.slice(1)].find((name) => SCHEMES.has(name));
    const web = plain.endsWith('http') || plain.endsWith('https');
    if (scheme === undefined && !web) continue;
    const login =
      /^(?<user>[^\s:@/"'<>]{0,100}):(?<password>[^\s@/"'<>]{4,150})@(?<host>[\w.[\]-]{1,100})/.exec(
        rest,
      )?.groups;
    const password = login?.['password'];
    if (password === undefined || isPlaceholderPassword(password) || /^\d{2,5}$/.test(password)) continue;
    if (web && /(^|\.)example\.(com|net|org)$|\.example$/.test(login?.['host'] ?? '')) continue;
    leaks.push({
      kind: 'connection-string',
      title: `${scheme ?? 'web'} address with a password`,
      severity: web && scheme === undefined ? 'medium' : 'high',
      secret: `${scheme ?? 'http'}:${login?.['user'] ?? ''}:${password}`,
    });
  }
  return leaks;
}

/** `key=value;` strings of Azure, ADO.NET, ODBC, JDBC and libpq. */
function settings(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  if (text.includes('=')) {
    for (const [, name = '', secret = ''] of text.matchAll(
      /(AccountKey|SharedAccessKey|SharedSecretValue|AccessKey|Secret)=([A-Za-z0-9+/]{40,100}={0,2})/g,
    ))
      if (new Set(secret).size > 12)
        leaks.push(of('Azure connection string with its key', `${name}=${secret}`, 'critical'));
    for (const [, secret = ''] of text.matchAll(/[?&;]sig=([\w%+/=-]{40,120})/g))
      if (text.includes('sv=') && new Set(secret).size > 12)
        leaks.push(of('Azure shared access signature', secret, 'high'));
  }
  if (
    /p(?:ass)?w(?:or)?d\s?=/i.test(text) &&
    /(?:server|host|data source|address|dsn|driver|jdbc:)[\w ]{0,12}[=:]/i.test(text)
  ) {
    for (const match of text.matchAll(/(?<![A-Za-z])(?:password|pwd)\s?=\s?['"{]?([^\s;'"&,<>}]{4,128})/gi)) {
      const around = text.slice(Math.max(0, match.index - 300), match.index + 200);
      const password = match[1] ?? '';
      const named = /(?:server|host|data source|address|dsn|driver)\s?=|jdbc:/i.test(around);
      if (!named || isPlaceholderPassword(password)) continue;
      leaks.push(of('database settings with a password', password, 'high'));
    }
  }
  return leaks;
}

function of(title: string, secret: string, severity: Leak['severity']): Leak {
  return { kind: 'connection-string', title, severity, secret };
}
