import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';

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
    const { boundBeyond, reachedRemotely } = exposureOf(facts);
    if (facts.subject.tls || boundBeyond !== true) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.exposed.clear-text',
          title: 'It speaks without TLS beyond loopback',
          severity: reachedRemotely ? 'medium' : 'low',
          stage: 'access',
          attack: ['T1040'],
          why: 'Data and passwords cross the network readable, and whoever sits in between can change replies.',
          advice:
            'In redis.conf (Redis 6 and later, built with TLS):\nport 0\ntls-port 6379\ntls-cert-file /etc/redis/redis.crt\ntls-key-file /etc/redis/redis.key\ntls-ca-cert-file /etc/redis/ca.crt\nRestart Redis and change the clients to rediss://',
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
