import { ConversationEnded } from './conversation-ended.ts';
import type { AuditTarget } from './target.ts';

/** Alerts of a TLS server that wants a certificate from its clients (RFC 8446 section 6.2; older ones just fail). */
const ALERTS = /CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE|ALERT_BAD_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN/;

/** How to go on with a server that lets only known certificates in; undefined when the code says something else. */
export function certificateWanted(
  { text, tls }: AuditTarget,
  code: string | undefined,
): ConversationEnded | undefined {
  if (!tls || code === undefined || !ALERTS.test(code)) return undefined;
  return new ConversationEnded(
    'tls-required',
    `${text} lets in only clients with a certificate (tls-auth-clients yes), and this version has none to show. Audit its plain port on its own host, or one with tls-auth-clients optional.`,
  );
}
