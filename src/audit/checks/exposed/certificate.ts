import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';

/** Reads: the TLS handshake. */
export const certificate: Check = {
  id: 'audit.misconfigured.certificate',
  axis: 'misconfigured',
  title: 'Its certificate can be verified',
  reads: ['TLS handshake'],
  depth: 'L0',
  run: ({ facts: { tls, subject } }) => {
    const certificateFault = tls?.fault;
    if (certificateFault === undefined) return NO_FINDINGS;
    return {
      remarks: ['who the server is: its certificate could not be verified'],
      findings: [
        {
          rule: 'audit.misconfigured.certificate',
          title: 'Its certificate cannot be verified',
          severity: 'low',
          stage: 'access',
          attack: ['T1557'],
          why: 'Clients that accept it would accept anybody in between as well. A private authority that this machine does not know looks the same.',
          advice: `Look at it: openssl s_client -connect ${subject.host}:${subject.port} </dev/null\nRenew it, or make its authority known to the clients (--cacert FILE for this audit)`,
          evidence: [{ event: 'TLS', field: 'certificate', excerpt: certificateFault }],
        },
      ],
    };
  },
};
