import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const SCHEMES =
  'postgres postgresql mysql mariadb mongodb mongodb+srv redis rediss amqp amqps mssql sqlserver ldap ldaps smtp smtps ftp sftp'.split(
    ' ',
  );
const LONGEST_LOGIN = 256;

/** `scheme://user:password@host` of a database or a mail server. */
export const connectionStrings: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  for (let mark = text.indexOf('://'); mark >= 0; mark = text.indexOf('://', mark + 3)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const scheme = /[a-z+]{1,16}$/i.exec(text.slice(Math.max(0, mark - 16), mark))?.[0]?.toLowerCase() ?? '';
    if (!SCHEMES.includes(scheme)) continue;
    const rest = text.slice(mark + 3, mark + 3 + LONGEST_LOGIN);
    const login = /^(?<user>[^\s:@/"'<>]{0,100}):(?<password>[^\s@/"'<>]{4,150})@[\w.[\]:-]/.exec(
      rest,
    )?.groups;
    const password = login?.['password'];
    if (password === undefined || isPlaceholder(password)) continue;
    leaks.push({
      kind: 'connection-string',
      title: `${scheme} address with a password`,
      severity: 'high',
      secret: `${scheme}:${login?.['user'] ?? ''}:${password}`,
    });
  }
  return leaks;
};

function isPlaceholder(password: string): boolean {
  return /^(\*+|x+|\.+|password|passwd|pass|secret|changeme|example|user|test)$|[{}$%]\(?|\$\{|<|>/i.test(
    password,
  );
}
