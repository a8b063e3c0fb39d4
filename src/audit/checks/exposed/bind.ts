import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import { NO_FINDINGS, settingEvidence } from '../../check.ts';
import { bindOf, exposureOf } from '../../exposure.ts';
import { hiddenBecause } from '../../server-facts.ts';

/** Reads: CONFIG GET bind. */
export const bind: Check = {
  id: 'audit.exposed.bind',
  axis: 'exposed',
  title: 'It listens only where it has to',
  reads: ['CONFIG GET bind', 'redis.conf bind'],
  depth: 'L2',
  run: ({ facts }) => {
    const value = bindOf(facts);
    if (value === undefined)
      return { findings: [], moot: hiddenBecause(facts, 'settings', 'where it listens') };
    const everywhere = value === '' || /(^|[ -])(\*|0\.0\.0\.0|::\*?)( |$)/.test(value.slice(0, 2_048));
    if (!everywhere) return NO_FINDINGS;
    const { open } = exposureOf(facts);
    return {
      findings: [
        {
          rule: 'audit.exposed.bind',
          title: 'It listens on every interface',
          severity: open === true ? 'high' : 'low',
          stage: 'access',
          attack: ['T1190'],
          why: 'Whoever has a route to any address of this host can talk to it. Only a firewall and the password stand in between.',
          advice:
            'In redis.conf: bind 127.0.0.1 -::1 <the address that the applications use>\nAt once, if you are on the host itself (Redis 6.2 and later): redis-cli CONFIG SET bind "127.0.0.1 -::1"; else restart Redis\nLet the firewall admit only the application hosts to the port',
          evidence: [settingEvidence('bind', value === '' ? '(empty: every interface)' : printable(value))],
          decides: open === true,
        },
      ],
    };
  },
};
