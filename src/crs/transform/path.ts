import type { ByteString } from '../../model/bytes.ts';

/** A path without empty segments, `.` and `..`; it never climbs above its root. */
export function normalizePath(value: ByteString): ByteString {
  if (value === '' || !needsWork(value)) return value;
  const absolute = value.startsWith('/');
  const kept: string[] = [];
  const segments = value.split('/');
  for (const segment of segments) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') kept.push(segment);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push('..');
  }
  const path = (absolute ? '/' : '') + kept.join('/');
  return value.endsWith('/') && kept.length > 0 ? `${path}/` : path;
}

/** The same with backslashes taken for slashes. */
export function normalizePathWin(value: ByteString): ByteString {
  return normalizePath(value.replaceAll('\\', '/'));
}

function needsWork(value: ByteString): boolean {
  return /\/\/|(?:^|\/)\.{1,2}(?:\/|$)/.test(value);
}
