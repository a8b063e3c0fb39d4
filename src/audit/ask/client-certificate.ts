import { ConversationEnded } from './conversation-ended.ts';
import type { AuditTarget } from './target.ts';

/** Alerts of a TLS server that wants a certificate from its clients (RFC 8446 section 6.2; older ones just fail). */
const ALERTS =
  /CERTIFICATE_REQUIRED|ALERT_HANDSHAKE_FAILURE|ALERT_BAD_CERTIFICATE|ALERT_CERTIFICATE_UNKNOWN|ALERT_CERTIFICATE_EXPIRED|ALERT_CERTIFICATE_REVOKED|ALERT_UNSUPPORTED_CERTIFICATE|ALERT_UNKNOWN_CA/;

/** How to go on with a server that lets only known certificates in; undefined when the code says something else. */
export function certificateWanted(
  { text, tls, tlsOptions }: AuditTarget,
  code: string | undefined,
): ConversationEnded | undefined {
  if (!tls || code === undefined || !ALERTS.test(code)) return undefined;
  return new ConversationEnded(
    'tls-required',
    tlsOptions?.hasCertificate === true
      ? `${text} did not accept the certificate that was shown (tls-auth-clients yes). Show one that its tls-ca-cert-file signed, with --cert FILE --key FILE.`
      : `${text} lets in only clients with a certificate (tls-auth-clients yes). Show one with --cert FILE --key FILE, or audit its plain port on its own host.`,
  );
}
