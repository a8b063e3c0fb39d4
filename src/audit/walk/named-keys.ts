import type { ByteString } from '../../model/bytes.ts';
import { MOST_NAMES } from '../ask/allowed.ts';
import { errorOf, numberOf } from '../ask/reply-values.ts';
import type { Pacer } from './pacer.ts';

export interface NamedKeys {
  /** Names of which some exist: all that were asked for together with one that does. */
  readonly candidates: readonly ByteString[];
  readonly refused: string | undefined;
}

/**
 * Which of these names may exist in the selected database: exact, and cheap, however many keys there are. A cluster node
 * refuses names of different slots in one question, so there every name is asked for alone.
 */
export async function askForNames(
  pacer: Pacer,
  names: readonly ByteString[],
  cluster: boolean,
): Promise<NamedKeys> {
  const candidates: ByteString[] = [];
  const size = cluster ? 1 : MOST_NAMES;
  const chunks = Array.from({ length: Math.ceil(names.length / size) }, (_, at) =>
    names.slice(at * size, (at + 1) * size),
  );
  const counts = await pacer.ask(chunks.map((chunk) => ['EXISTS', ...chunk]));
  for (const [at, reply] of counts.entries()) {
    if ((numberOf(reply) ?? 0) > 0) candidates.push(...(chunks[at] ?? []));
  }
  const refused = counts.map(errorOf).find((error) => error !== undefined && !error.startsWith('MOVED'));
  return { candidates, refused };
}

/** Those of the candidates that exist. */
export async function singleOut(
  pacer: Pacer,
  { candidates }: NamedKeys,
  cluster: boolean,
): Promise<readonly ByteString[]> {
  if (cluster || candidates.length === 0) return candidates;
  const single = await pacer.ask(candidates.map((name) => ['EXISTS', name]));
  return candidates.filter((_, at) => numberOf(single[at]) === 1);
}
