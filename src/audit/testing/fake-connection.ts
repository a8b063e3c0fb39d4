import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditConnection } from '../ask/connection.ts';

export function bulkReply(text: ByteString): Reply {
  return { kind: 'bulk', text, length: text.length };
}

/** A connection to nothing: replies as a test says, and keeps what was asked. */
export function fakeConnection(answer: (argv: readonly ByteString[]) => Reply): AuditConnection & {
  readonly asked: readonly (readonly ByteString[])[];
  readonly batches: readonly number[];
} {
  const asked: (readonly ByteString[])[] = [];
  const batches: number[] = [];
  return {
    asked,
    batches,
    ask: (commands) => {
      asked.push(...commands);
      batches.push(commands.length);
      return Promise.resolve(commands.map(answer));
    },
    foresee: () => undefined,
    close: () => Promise.resolve(),
    sent: new Map(),
    traffic: { sent: 0, received: 0 },
    firstBytes: '',
    address: '127.0.0.1',
    tls: undefined,
  };
}
