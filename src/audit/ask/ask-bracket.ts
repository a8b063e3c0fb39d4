import type { AuditConnection } from './connection.ts';
import type { VersionBracket } from './version-bracket.ts';
import { bracketOf, bracketText, MARKERS } from './version-bracket.ts';

export interface LockedRelease {
  readonly bracket: VersionBracket | undefined;
  /** One sentence, safe to print. */
  readonly text: string;
}

/** Asks a locked server for its release, without logging in: only when the operator opted in. */
export async function askBracket(connection: AuditConnection): Promise<LockedRelease> {
  const replies = await connection.ask(MARKERS.map((marker) => [marker.toUpperCase()]));
  const bracket = bracketOf(replies.map((reply) => (reply.kind === 'error' ? reply.text : undefined)));
  if (bracket === undefined) {
    return {
      bracket,
      text: 'It answers known and unknown commands alike before a login, so its release stays hidden (Valkey 9 and proxies do that).',
    };
  }
  const gone =
    bracket.missing.length === 0
      ? ''
      : `; renamed or removed: ${bracket.missing.map((name) => name.toUpperCase()).join(', ')}`;
  return { bracket, text: `By the commands it knows it is ${bracketText(bracket)}${gone}.` };
}
