import { printable } from '../../../model/printable.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { settingEvidence } from '../../check.ts';
import { exposureOf } from '../../exposure.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { isAtLeast } from '../is-at-least.ts';

/** Reads: CONFIG GET port and tls-port, and whether the plain port takes a connection. */
export const clearBesideTls: Check = {
  id: 'audit.exposed.clear-beside-tls',
  axis: 'exposed',
  title: 'Where there is TLS, no door without it is open',
  reads: ['CONFIG GET port', 'CONFIG GET tls-port', 'a connection to the plain port'],
  depth: 'L0',
  run: ({ facts }) => {
    const { settings, subject, otherPorts } = facts;
    const [port, tlsPort] = [settings?.get('port'), settings?.get('tls-port')];
    const speaks = subject.tls || !['0', '', undefined].includes(tlsPort);
    if (!speaks) return { findings: [], moot: 'it does not speak TLS' };
    const open = port === undefined ? otherPorts?.get('plain') : port !== '0';
    if (open === undefined) {
      return {
        findings: [],
        unseen: [hiddenBecause(facts, 'settings', 'a door without TLS beside the one with it')],
      };
    }
    if (!open) return { findings: [] };
    const { boundBeyond } = exposureOf(facts);
    const finding: FindingDraft = {
      rule: 'audit.exposed.clear-beside-tls',
      title: 'Beside TLS a door without it is open',
      severity: boundBeyond === false ? 'low' : 'medium',
      stage: 'access',
      attack: ['T1040', 'T1557'],
      why: 'One client with the old address is enough, and its password crosses the network readable.',
      advice: isAtLeast(facts, [6, 2, 1])
        ? 'See who still uses it (laddr tells the port): redis-cli CLIENT LIST\nAt once: redis-cli CONFIG SET port 0\nIn redis.conf: port 0'
        : 'See who still uses it: redis-cli CLIENT LIST\nIn redis.conf: port 0\nRestart Redis',
      evidence: [
        port === undefined
          ? { event: 'connection', field: 'port', excerpt: 'the plain port takes connections' }
          : settingEvidence('port', printable(port)),
      ],
      decides: false,
    };
    return { findings: [finding] };
  },
};
