import { printable } from '../../../model/printable.ts';
import type { AuditView, Check, FindingDraft } from '../../check.ts';
import { settingEvidence } from '../../check.ts';

const DAY_MS = 86_400_000;
/** Below this renewal is late; what is short-lived by design is renewed at two thirds of its life. */
const LATE_DAYS = 14;
const OLD_PROTOCOLS =
  'At once: redis-cli CONFIG SET tls-protocols "TLSv1.2 TLSv1.3"\nIn redis.conf: tls-protocols "TLSv1.2 TLSv1.3"';

/** Reads: the handshake and CONFIG GET tls-*. What makes TLS weaker than it looks. */
export const tlsSettings: Check = {
  id: 'audit.exposed.tls-settings',
  axis: 'exposed',
  title: 'TLS is current, and on every link',
  reads: [
    'TLS handshake',
    'CONFIG GET tls-protocols',
    'CONFIG GET tls-auth-clients',
    'CONFIG GET tls-replication',
    'CONFIG GET tls-cluster',
  ],
  depth: 'L0',
  run: (view) => {
    const { tls, settings } = view.facts;
    const on = tls !== undefined || !['0', '', undefined].includes(settings?.get('tls-port'));
    if (!on) return { findings: [], moot: 'it does not speak TLS' };
    return {
      findings: [
        ...protocols(view),
        ...handshake(view),
        ...certificateAge(view),
        ...links(view),
        ...clients(view),
      ],
    };
  },
};

function protocols({ facts: { settings } }: AuditView): FindingDraft[] {
  const value = settings?.get('tls-protocols');
  // Empty is the default, which is TLS 1.2 and 1.3.
  if (value === undefined || !/\bTLSv1(\.1)?(\s|"|$)/i.test(value.slice(0, 256))) return [];
  return [
    draft('tls-protocols', 'low', 'TLS versions that are broken are offered', {
      why: 'TLS 1.0 and 1.1 were withdrawn (RFC 8996): whoever sits in between can make a client fall back to them.',
      advice: OLD_PROTOCOLS,
      evidence: [settingEvidence('tls-protocols', printable(value))],
    }),
  ];
}

function handshake({ facts: { tls } }: AuditView): FindingDraft[] {
  if (tls === undefined || !/^(SSL|TLSv1(\.1)?$)/.test(tls.protocol)) return [];
  return [
    draft('tls-handshake', 'medium', `It agreed on ${tls.protocol}`, {
      why: 'That version was withdrawn (RFC 8996).',
      advice: OLD_PROTOCOLS,
      evidence: [{ event: 'TLS', field: 'protocol', excerpt: `${tls.protocol} ${tls.cipher}` }],
    }),
  ];
}

function certificateAge({ facts: { tls }, now }: AuditView): FindingDraft[] {
  const certificate = tls?.certificate;
  if (certificate === undefined) return [];
  const { validFrom, validTo, keyType, keyBits } = certificate;
  const left = Math.floor((validTo - now) / DAY_MS);
  const life = (validTo - validFrom) / DAY_MS;
  const until = new Date(validTo).toISOString().slice(0, 10);
  const evidence = [
    { event: 'TLS', field: 'certificate', excerpt: `${certificate.subject}, until ${until}` },
  ];
  const renew =
    'Renew it where it lies\nLoad it, without a restart (PATH is the one that stands in redis.conf already): redis-cli CONFIG SET tls-cert-file PATH';
  const late = left < Math.min(LATE_DAYS, life / 3);
  return [
    ...(Number.isFinite(left) && late
      ? [
          draft(
            'certificate-expiry',
            left < 0 ? 'medium' : 'low',
            left < 0 ? `Its certificate ended on ${until}` : `Its certificate ends in ${left} days`,
            {
              why: 'When it ends, clients stop, or somebody switches verification off to get them going again.',
              advice: renew,
              evidence,
            },
          ),
        ]
      : []),
    ...((keyType === 'RSA' && keyBits < 2_048) || (keyType === 'EC' && keyBits < 224)
      ? [
          draft('certificate-key', 'medium', `Its certificate has an ${keyType} key of ${keyBits} bits`, {
            why: 'RSA keys below 2048 bits, and EC keys below 224, are too short (NIST SP 800-131A).',
            advice: renew,
            evidence,
          }),
        ]
      : []),
  ];
}

/** Replication and the cluster bus have switches of their own; both are off by default. */
function links({ facts: { settings, info } }: AuditView): FindingDraft[] {
  const replicates = info?.get('role') === 'slave' || Number(info?.get('connected_slaves')) > 0;
  const clustered = info?.get('cluster_enabled') === '1' || settings?.get('cluster-enabled') === 'yes';
  const off = (name: 'tls-replication' | 'tls-cluster'): boolean => settings?.get(name) === 'no';
  return [
    ...(replicates && off('tls-replication')
      ? [
          draft('tls-replication', 'medium', 'Replication crosses the network in clear text', {
            why: 'The whole data set, and the password of the master, go over that link.',
            advice:
              'In redis.conf, on master and replicas: tls-replication yes\nLet replicaof name the TLS port of the master\nRestart the replicas one by one',
            evidence: [settingEvidence('tls-replication', 'no')],
          }),
        ]
      : []),
    ...(clustered && off('tls-cluster')
      ? [
          draft('tls-cluster', 'medium', 'The cluster bus is in clear text', {
            why: 'Whoever can talk to the bus can move slots and make a node a master.',
            advice: `In redis.conf, on every node: tls-cluster yes\nRestart the nodes one by one`,
            evidence: [settingEvidence('tls-cluster', 'no')],
          }),
        ]
      : []),
  ];
}

/** `yes`, the default, asks for one; `optional` and `no` leave the password alone. */
function clients({ facts: { settings } }: AuditView): FindingDraft[] {
  const value = settings?.get('tls-auth-clients');
  if (value !== 'no' && value !== 'optional') return [];
  return [
    draft('tls-auth-clients', 'info', 'Clients need no certificate of their own', {
      why: 'The password alone decides who comes in. With a certificate for each client a stolen password is worth nothing elsewhere.',
      advice:
        'Give every client a certificate of the authority in tls-ca-cert-file\nIn redis.conf: tls-auth-clients yes\nAt once, when all have one: redis-cli CONFIG SET tls-auth-clients yes',
      evidence: [settingEvidence('tls-auth-clients', value)],
    }),
  ];
}

function draft(
  name: string,
  severity: FindingDraft['severity'],
  title: string,
  rest: Pick<FindingDraft, 'why' | 'advice' | 'evidence'>,
): FindingDraft {
  // What an eavesdropper needs is a place in between: none of these lets anybody in alone.
  return {
    rule: `audit.exposed.${name}`,
    title,
    severity,
    stage: 'access',
    attack: ['T1557'],
    decides: false,
    ...rest,
  };
}
