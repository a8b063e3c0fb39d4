import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditConnection } from '../ask/connection.ts';
import type { AuditLimits } from '../limits.ts';

/** Asks in small batches with a rest in between, so that other clients of the server get their turn. */
export async function askPaced(
  connection: AuditConnection,
  commands: readonly (readonly ByteString[])[],
  limits: AuditLimits,
): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (let from = 0; from < commands.length; from += limits.batch) {
    for (const reply of await connection.ask(commands.slice(from, from + limits.batch))) replies.push(reply);
    if (limits.paceMs > 0) await new Promise((resolve) => setTimeout(resolve, limits.paceMs));
  }
  return replies;
}
