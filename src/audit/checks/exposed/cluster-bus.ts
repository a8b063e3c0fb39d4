import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import { settingEvidence } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import { hiddenBecause } from '../../server-facts.ts';

/** Reads: INFO cluster, CONFIG GET cluster-port, and whether port + 10000 takes a connection; nothing is said there. */
export const clusterBus: Check = {
  id: 'audit.exposed.cluster-bus',
  axis: 'exposed',
  title: 'The cluster bus is for the nodes only',
  reads: ['INFO cluster', 'CONFIG GET cluster-port', 'a connection to the bus'],
  depth: 'L1',
  run: ({ facts }) => {
    const { info, settings, otherPorts, subject } = facts;
    const clustered =
      info?.get('cluster_enabled') ?? (settings?.get('cluster-enabled') === 'yes' ? '1' : '0');
    if (clustered !== '1') return { findings: [], moot: 'it is no node of a cluster' };
    const open = otherPorts?.get('bus');
    if (open === undefined && subject.kind === 'server') {
      return {
        findings: [],
        unseen: [hiddenBecause(facts, 'otherPorts', 'whether its cluster bus can be reached')],
      };
    }
    const { reachedRemotely, boundBeyond } = exposureOf(facts);
    if (open === false || (open === undefined && boundBeyond !== true)) return { findings: [] };
    const port = settings?.get('cluster-port');
    return {
      findings: [
        {
          rule: 'audit.exposed.cluster-bus',
          title: 'The cluster bus can be reached',
          severity: reachedRemotely ? 'high' : 'low',
          stage: 'access',
          attack: ['T1190'],
          why: 'The bus has no password: whoever reaches it can join, move slots and take over data. Several memory faults of it are known.',
          advice:
            'Let the firewall admit only the other nodes to the bus (port + 10000, or cluster-port)\nIn redis.conf, where the nodes have certificates: tls-cluster yes',
          evidence: [
            port === undefined || port === '0'
              ? { event: 'connection', field: 'bus', excerpt: `port ${subject.port + 10_000}` }
              : settingEvidence('cluster-port', printable(port)),
          ],
          decides: reachedRemotely,
        },
      ],
    };
  },
};
