import { createCowrieReader } from './cowrie.ts';
import { createMonitorReader } from './monitor.ts';
import { monitorHead } from './monitor-head.ts';
import { isClassic } from './pcap/classic-file.ts';
import { createPcapReader } from './pcap/pcap.ts';
import { isPcapng } from './pcap/pcapng-file.ts';
import type { Reader, ReaderParts } from './reader.ts';
import { createRedisHoneyPotReader } from './redis-honeypot.ts';

export const FORMATS = ['monitor', 'redishoneypot', 'cowrie', 'pcap'] as const;
export type Format = (typeof FORMATS)[number];

/** Bytes from the beginning that a format is told by. */
export const TELLING_BYTES = 65_536;

const MINUTE = 60_000;

interface FormatFacts {
  readonly create: (parts: ReaderParts) => Reader;
  /** What is counted. */
  readonly unit: 'lines' | 'packets';
  /** Silence that ends a session, milliseconds: short where nothing else tells the end, long where an id does. */
  readonly gap: number;
}

export const READERS: Readonly<Record<Format, FormatFacts>> = {
  monitor: { create: createMonitorReader, unit: 'lines', gap: 15 * MINUTE },
  redishoneypot: { create: createRedisHoneyPotReader, unit: 'lines', gap: 60 * MINUTE },
  cowrie: { create: createCowrieReader, unit: 'lines', gap: 24 * 60 * MINUTE },
  pcap: { create: createPcapReader, unit: 'packets', gap: 60 * MINUTE },
};

/** Which format a file has, by its first bytes; undefined when they speak for none. Broken lines are passed over. */
export function formatOf(head: Buffer): Format | undefined {
  if (isClassic(head) || isPcapng(head)) return 'pcap';
  for (const line of head.toString('latin1', 0, TELLING_BYTES).split('\n')) {
    if (monitorHead(line) !== undefined) return 'monitor';
    if (!/^[\s,[\u00ef\u00bb\u00bf]{0,8}\{/.test(line.slice(0, 16))) continue;
    if (line.includes('"eventid"')) return 'cowrie';
    if (line.includes('"action"') && (line.includes('"addr"') || line.includes('"src_ip"')))
      return 'redishoneypot';
  }
  return undefined;
}
