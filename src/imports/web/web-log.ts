import type { ByteString } from '../../model/bytes.ts';
import type { Reader, ReaderParts } from '../reader.ts';
import { createAddressReader } from './log-address.ts';
import { createLogLines } from './log-lines.ts';
import { sourceOf } from './trusted-proxies.ts';
import type { LineParser } from './web-entry.ts';

/** Reads a log of which each line is one request. */
export function createWebLog(parts: ReaderParts, longest: number, parse: LineParser): Reader {
  const { webVisits, times, report, proxies } = parts;
  const readAddress = createAddressReader();

  return createLogLines(longest, (line: ByteString | undefined) => {
    report.units++;
    if (line === undefined) return report.fault(`it is longer than ${longest / 1_048_576} MiB`);
    const entry = parse(line);
    if (typeof entry === 'string') return report.fault(entry);
    if (entry === undefined) {
      report.ignored++;
      return undefined;
    }
    const { peer, forwarded, local, act, received, sent } = entry;
    const source = proxies === undefined ? peer : sourceOf(peer, forwarded, proxies, readAddress);
    const time = times.possible(entry.time);
    const key = source.address;
    const visit =
      webVisits.find(key, time) ??
      webVisits.open(
        key,
        {
          peer: source,
          ...(source === peer ? {} : { via: peer.address }),
          ...(local === undefined ? {} : { local }),
        },
        time,
      );
    return visit.said(act, received, sent, time);
  });
}
