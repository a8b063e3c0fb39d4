import type { ByteString } from '../../model/bytes.ts';
import { MOST_NAMES } from '../ask/allowed.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { errorOf, numberOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import { askPaced } from './paced.ts';

/**
 * Which of these names exist in the selected database: exact, and cheap, however many keys there are. A cluster node
 * refuses names of different slots in one question, so there every name is asked for alone.
 */
export async function namedKeys(
  connection: AuditConnection,
  names: readonly ByteString[],
  cluster: boolean,
  limits: AuditLimits,
): Promise<{ readonly found: readonly ByteString[]; readonly refused: string | undefined }> {
  const candidates: ByteString[] = [];
  const size = cluster ? 1 : MOST_NAMES;
  const chunks = Array.from({ length: Math.ceil(names.length / size) }, (_, at) =>
    names.slice(at * size, (at + 1) * size),
  );
  const counts = await askPaced(
    connection,
    chunks.map((chunk) => ['EXISTS', ...chunk]),
    limits,
  );
  for (const [at, reply] of counts.entries()) {
    if ((numberOf(reply) ?? 0) > 0) candidates.push(...(chunks[at] ?? []));
  }
  const refused = counts.map(errorOf).find((error) => error !== undefined && !error.startsWith('MOVED'));
  if (cluster || candidates.length === 0) return { found: candidates, refused };
  const single = await askPaced(
    connection,
    candidates.map((name) => ['EXISTS', name]),
    limits,
  );
  return { found: candidates.filter((_, at) => numberOf(single[at]) === 1), refused };
}
