import type { ByteString } from '../model/bytes.ts';

/** What stands in front of the words of a line of MONITOR. */
export interface MonitorHead {
  /** Milliseconds since 1970 UTC; NaN when it is no number. */
  readonly time: number;
  readonly db: number;
  /** `address:port`, `lua`, `unix:/path`. */
  readonly who: ByteString;
  /** Where the words begin. */
  readonly end: number;
}

const LONGEST_TIME = 40;
/** Longest `[db who]`; a path of a Unix socket has 108 bytes at most. */
const LONGEST_WHO = 300;

/** Reads `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`, also with the plus sign of the protocol in front. */
export function monitorHead(line: ByteString): MonitorHead | undefined {
  const from = line.startsWith('+') ? 1 : 0;
  const open = line.slice(0, LONGEST_TIME).indexOf(' [');
  if (open <= from) return undefined;
  const length = line.slice(open, open + LONGEST_WHO).indexOf('] "');
  if (length < 0) return undefined;
  const inside = line.slice(open + 2, open + length);
  const blank = inside.indexOf(' ');
  const db = inside.slice(0, Math.max(0, blank));
  if (!/^\d{1,10}$/.test(db)) return undefined;
  const time = line.slice(from, open);
  return {
    time: /^\d{1,12}\.\d{1,9}$/.test(time) ? Math.round(Number(time) * 1_000) : Number.NaN,
    db: Number(db),
    who: inside.slice(blank + 1),
    end: open + length + 2,
  };
}
