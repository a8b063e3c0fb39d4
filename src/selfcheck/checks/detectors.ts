import type { Check } from '../check.ts';
import { rawDialogue } from '../dialogue.ts';

/** The published probes, byte for byte: a request without its line end, which no real server answers. */
const silent = (id: string, source: string, bytes: string): Check => ({
  id,
  title: `stays silent at ${bytes} without a line end`,
  weight: 'definite',
  why: 'A server waits for the line end; most emulations answer whatever one read brings.',
  source,
  locked: 'also',
  run: (probe) => rawDialogue(probe, [[bytes, '']]),
});

export const detectorChecks: readonly Check[] = [
  silent('nuclei.redis-honeypot-detect', 'nuclei, network/honeypot/redis-honeypot-detect', 'QUIT'),
  silent('honeydet.12', 'honeydet, signature 12 (OpenCanary)', '[[,[['),
  silent('honeydet.14', 'honeydet, signature 14 (beehive)', 'DBSIZE'),
];
