import { createCowrieReader } from './cowrie.ts';
import { createMonitorReader } from './monitor.ts';
import { monitorHead } from './monitor-head.ts';
import { isClassic } from './pcap/classic-file.ts';
import { createPcapReader } from './pcap/pcap.ts';
import { isPcapng } from './pcap/pcapng-file.ts';
import type { Reader, ReaderParts } from './reader.ts';
import { createRedisHoneyPotReader } from './redis-honeypot.ts';
import type { WebFormat } from './web/web-format.ts';
import { WEB_FORMATS, webFormatOf, webReader } from './web/web-format.ts';

export const FORMATS = ['monitor', 'redishoneypot', 'cowrie', 'pcap', ...WEB_FORMATS] as const;
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
  /** Where such a server listens, when nothing else is told. */
  readonly port: number;
}

const REDIS_PORT = 6379;
const web = (format: WebFormat): FormatFacts => ({
  create: (parts) => webReader(format, parts),
  unit: 'lines',
  // Of less than two minutes.
  gap: 2 * MINUTE - 1,
  port: 80,
});

export const READERS: Readonly<Record<Format, FormatFacts>> = {
  monitor: { create: createMonitorReader, unit: 'lines', gap: 15 * MINUTE, port: REDIS_PORT },
  redishoneypot: { create: createRedisHoneyPotReader, unit: 'lines', gap: 60 * MINUTE, port: REDIS_PORT },
  cowrie: { create: createCowrieReader, unit: 'lines', gap: 24 * 60 * MINUTE, port: REDIS_PORT },
  pcap: { create: createPcapReader, unit: 'packets', gap: 60 * MINUTE, port: REDIS_PORT },
  combined: web('combined'),
  'json-access': web('json-access'),
  iis: web('iis'),
  modsecurity: web('modsecurity'),
  haproxy: web('haproxy'),
  alb: web('alb'),
};

/** Which format a file has, by its first bytes; undefined when they speak for none. Broken lines are passed over. */
export function formatOf(head: Buffer): Format | undefined {
  if (isClassic(head) || isPcapng(head)) return 'pcap';
  for (const line of head.toString('latin1', 0, TELLING_BYTES).split('\n')) {
    if (monitorHead(line) !== undefined) return 'monitor';
    const json = /^[\s,[\u00ef\u00bb\u00bf]{0,8}\{/.test(line.slice(0, 16));
    if (json && line.includes('"eventid"')) return 'cowrie';
    if (json && line.includes('"action"') && (line.includes('"addr"') || line.includes('"src_ip"')))
      return 'redishoneypot';
    const found = webFormatOf(line, json);
    if (found !== undefined) return found;
  }
  return undefined;
}
