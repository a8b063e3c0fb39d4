import type { AuditTarget } from './target.ts';
import { shownTarget } from './target.ts';

/** Another server of the same operator: the same rights, TLS and wishes. */
export function nodeTarget(target: AuditTarget, host: string, port: number): AuditTarget {
  const { sentinel: _, ...rest } = target;
  const { tls, user, db } = rest;
  return { ...rest, host, port, text: shownTarget({ tls, user, host, port, db }) };
}
