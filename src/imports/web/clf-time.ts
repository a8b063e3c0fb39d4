import type { ByteString } from '../../model/bytes.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whether `10/Oct/2000:13:55:36` may stand at a place: its marks are where they belong. */
export function isClfDate(text: ByteString, at: number): boolean {
  return (
    text.charCodeAt(at + 2) === 47 &&
    text.charCodeAt(at + 6) === 47 &&
    text.charCodeAt(at + 11) === 58 &&
    text.charCodeAt(at + 14) === 58 &&
    text.charCodeAt(at + 17) === 58
  );
}

/**
 * The time of Apache and nginx, `10/Oct/2000:13:55:36 -0700`, and of HAProxy, `06/Feb/2009:12:14:14.655`, which has no
 * zone and is read as UTC. Milliseconds since 1970 UTC; NaN when it is none.
 */
export function clfTime(text: ByteString): number {
  if (text.length < 20 || !isClfDate(text, 0)) return Number.NaN;
  const month = MONTHS.indexOf(text.slice(3, 6).toLowerCase());
  const [day, year] = [digits(text, 0, 2), digits(text, 7, 4)];
  const [hour, minute, second] = [digits(text, 12, 2), digits(text, 15, 2), digits(text, 18, 2)];
  if (month < 0 || !(day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  let at = 20;
  let ms = 0;
  if (text.charCodeAt(at) === 46) {
    const from = ++at;
    for (; at < text.length && at - from < 9 && digits(text, at, 1) >= 0; at++)
      ms += digits(text, at, 1) * 10 ** (2 - at + from);
  }
  const ahead = at === text.length ? 0 : zone(text, at);
  return Date.UTC(year, month, day, hour, minute - ahead, second) + Math.floor(ms);
}

/** As `clfTime`, for a log whose lines mostly have the second of the line before. */
export function createClfTime(): (text: ByteString) => number {
  let known = '';
  let time = Number.NaN;
  return (text) => {
    if (text !== known) [known, time] = [text, clfTime(text)];
    return time;
  };
}

/** Minutes that ` +0530` is ahead of UTC; NaN when it is no zone. */
function zone(text: ByteString, at: number): number {
  const sign = text.charAt(at + 1);
  if (text.length !== at + 6 || text.charAt(at) !== ' ' || (sign !== '+' && sign !== '-')) return Number.NaN;
  return (digits(text, at + 2, 2) * 60 + digits(text, at + 4, 2)) * (sign === '-' ? -1 : 1);
}

function digits(text: ByteString, at: number, count: number): number {
  let number = 0;
  for (let next = at; next < at + count; next++) {
    const code = text.charCodeAt(next);
    if (!(code >= 48 && code <= 57)) return Number.NaN;
    number = number * 10 + code - 48;
  }
  return number;
}
