import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import { isAtLeast } from '../is-at-least.ts';

/** Reads: how we connected, CONFIG GET bind and tls-port. */
export const clearText: Check = {
  id: 'audit.exposed.clear-text',
  axis: 'exposed',
  title: 'Passwords and data cross the network encrypted',
  reads: ['how it was reached', 'CONFIG GET tls-port'],
  depth: 'L0',
  run: ({ facts }) => {
    if (facts.subject.socket !== undefined)
      return { findings: [], moot: 'a Unix socket leaves the host nowhere' };
    const { boundBeyond, reachedRemotely, noPassword, open } = exposureOf(facts);
    if (facts.subject.tls || boundBeyond !== true) return NO_FINDINGS;
    // Protected mode lets nobody in from elsewhere: nothing of worth crosses the network.
    if (noPassword === true && open === false) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.exposed.clear-text',
          title: 'It speaks without TLS beyond loopback',
          severity: reachedRemotely ? 'medium' : 'low',
          stage: 'access',
          attack: ['T1040'],
          why: 'Data and passwords cross the network readable, and whoever sits in between can change replies.',
          advice: isAtLeast(facts, [6, 0, 0])
            ? [
                'Make a certificate for it, readable for its user only',
                'In redis.conf (it does not start when it was built without TLS):',
                'port 0',
                `tls-port ${facts.subject.port === 0 ? 6_379 : facts.subject.port}`,
                'tls-cert-file /etc/redis/redis.crt',
                'tls-key-file /etc/redis/redis.key',
                'tls-ca-cert-file /etc/redis/ca.crt',
                'tls-auth-clients no',
                'Without the last line every client needs a certificate of this authority as well',
                'Restart Redis and change the clients to rediss://',
              ].join('\n')
            : 'Redis before 6 speaks no TLS: upgrade it, or let a tunnel (stunnel, a VPN) carry its connections',
          evidence: [
            {
              event: 'connection',
              field: 'tls',
              excerpt: reachedRemotely ? 'plain text over the network' : 'plain text; bound beyond loopback',
            },
          ],
          decides: false,
        },
      ],
    };
  },
};
