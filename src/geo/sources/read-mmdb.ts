import { Reader } from 'mmdb-lib';
import { z } from 'zod';
import { printableText } from '../../model/printable.ts';
import { LAST_IPV4, LAST_IPV6 } from '../address-number.ts';
import type { Range, RangeFile } from '../range.ts';

/** What country and network databases hold: GeoLite2 and DB-IP nest the code, the small ones do not. */
const Record = z.object({
  country: z
    .union([z.object({ iso_code: z.string() }), z.string()])
    .optional()
    .catch(undefined),
  registered_country: z.object({ iso_code: z.string() }).optional().catch(undefined),
  country_code: z.string().optional().catch(undefined),
  autonomous_system_number: z.number().optional().catch(undefined),
  autonomous_system_organization: z.string().optional().catch(undefined),
  asn: z.union([z.string(), z.number()]).optional().catch(undefined),
  as_name: z.string().optional().catch(undefined),
});

/** Most networks of one file; the largest public ones have about a million. */
const MOST = 20_000_000;

/** @throws Error of the library for a file that is no database. */
export function readMmdb(file: Buffer, onNetworks: (networks: number) => void): RangeFile {
  const reader = new Reader<Record<string, unknown>>(file);
  const { ipVersion, buildEpoch } = reader.metadata;
  const ipv4: Range<number>[] = [];
  const ipv6: Range<bigint>[] = [];
  let networks = 0;
  const tick = (): boolean => {
    networks++;
    if (networks % 50_000 === 0) onNetworks(networks);
    return networks <= MOST;
  };
  // The library does not list networks, but tells with each answer how wide it is: one step a network.
  for (let at = 0; at <= LAST_IPV4 && tick(); ) {
    const [found, length] = reader.getWithPrefixLength(ipv4Text(at));
    const size = 2 ** Math.max(0, 32 - length);
    const said = saidOf(found);
    if (said !== undefined) ipv4.push({ first: at, last: Math.min(LAST_IPV4, at + size - 1), ...said });
    at += size;
  }
  // Only 2000::/3 is given out.
  for (let at = ipVersion === 6 ? 1n << 125n : LAST_IPV6; at < 1n << 126n && tick(); ) {
    const [found, length] = reader.getWithPrefixLength(ipv6Text(at));
    const size = 1n << BigInt(128 - length);
    const said = saidOf(found);
    const first = (at / size) * size;
    if (said !== undefined) ipv6.push({ first, last: first + size - 1n, ...said });
    at = first + size;
  }
  const date = buildEpoch instanceof Date && Number.isFinite(buildEpoch.getTime());
  return { ipv4, ipv6, skipped: 0, ...(date ? { date: buildEpoch.toISOString().slice(0, 10) } : {}) };
}

function saidOf(found: unknown): Pick<Range<number>, 'country' | 'asn' | 'network'> | undefined {
  const record = found === null ? undefined : Record.safeParse(found).data;
  if (record === undefined) return undefined;
  const { country, registered_country: registered } = record;
  const code =
    record.country_code ??
    (typeof country === 'string' ? country : country?.iso_code) ??
    registered?.iso_code;
  const number =
    record.autonomous_system_number ?? Number(String(record.asn ?? '').replace(/^AS/, '') || Number.NaN);
  const name = record.autonomous_system_organization ?? record.as_name ?? '';
  const known = code !== undefined && /^[A-Z]{2}$/.test(code);
  const numbered = Number.isInteger(number) && number > 0 && number <= 0xffff_ffff;
  if (!known && !numbered) return undefined;
  return {
    ...(known ? { country: code } : {}),
    ...(numbered ? { asn: number, network: printableText(name, 100) } : {}),
  };
}

function ipv4Text(at: number): string {
  return [at >>> 24, (at >>> 16) & 255, (at >>> 8) & 255, at & 255].join('.');
}

function ipv6Text(at: bigint): string {
  return Array.from({ length: 8 }, (_, part) =>
    ((at >> BigInt(112 - part * 16)) & 0xffffn).toString(16),
  ).join(':');
}
