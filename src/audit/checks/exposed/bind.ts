import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import { NO_FINDINGS, settingEvidence } from '../../check.ts';
import { bindOf, exposureOf } from '../../exposure.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { isAtLeast, isSentinel } from '../is-at-least.ts';

/** Reads: CONFIG GET bind. */
export const bind: Check = {
  id: 'audit.exposed.bind',
  axis: 'exposed',
  title: 'It listens only where it has to',
  reads: ['CONFIG GET bind', 'redis.conf bind'],
  depth: 'L2',
  run: ({ facts }) => {
    const value = bindOf(facts);
    if (value === undefined && isSentinel(facts))
      return { findings: [], moot: 'a Sentinel does not tell where it listens' };
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
          advice: adviceOf(facts),
          evidence: [settingEvidence('bind', value === '' ? '(empty: every interface)' : printable(value))],
          decides: open === true,
        },
      ],
    };
  },
};

/** Before 6.2 (6.2.1 for the change at run time) a hyphen before an address is no address, and Redis does not start. */
function adviceOf(facts: ServerFacts): string {
  const first = 'Let the firewall admit only the application hosts to the port';
  const file =
    'In redis.conf (ADDRESS is what the applications of other hosts use; leave it out when there are none)';
  if (!isAtLeast(facts, [6, 2, 1])) return `${file}: bind 127.0.0.1 ADDRESS\nRestart Redis\n${first}`;
  const now =
    'At once, on the host itself, for it cuts off the clients of all other hosts: redis-cli CONFIG SET bind "127.0.0.1 -::1"';
  return `${file}: bind 127.0.0.1 -::1 ADDRESS\n${facts.subject.kind === 'server' ? now : 'Restart Redis'}\n${first}`;
}
