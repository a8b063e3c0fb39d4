import type { SecureContext } from 'node:tls';

/** How we show ourselves to a server with TLS, and whom we believe. The same for all targets of a run. */
export interface TlsOptions {
  /** Authorities, our certificate and its key, read once. Undefined: those this machine trusts, and none to show. */
  readonly context: SecureContext | undefined;
  readonly hasCertificate: boolean;
  /** The name to ask for and to find in its certificate, when it is not the host's. */
  readonly serverName: string | undefined;
}
