import type { Check, FindingDraft } from '../check.ts';
import type { LearntGround } from '../infection/learnt-grounds.ts';

type Kind = LearntGround['kind'];

const MOST_SHOWN = 10;

const KINDS: Readonly<Record<Kind, { title: string; severity: FindingDraft['severity']; attack: string[] }>> =
  {
    value: { title: 'A value that our own sensor saw in an attack', severity: 'critical', attack: ['T1190'] },
    pair: {
      title: 'A key with the value that our own sensor saw in an attack',
      severity: 'high',
      attack: ['T1190'],
    },
    observable: {
      title: 'A value that names what our own sensor saw in an attack',
      severity: 'critical',
      attack: ['T1190', 'T1105'],
    },
    keys: {
      title: 'Several keys that one attack left on our own sensor',
      severity: 'high',
      attack: ['T1190'],
    },
    master: {
      title: 'Its master is one that attackers gave our own sensor',
      severity: 'critical',
      attack: ['T1190', 'T1105'],
    },
    module: {
      title: 'A module that attackers loaded into our own sensor',
      severity: 'critical',
      attack: ['T1190', 'T1129'],
    },
    key: { title: 'A key name that our own sensor saw in an attack', severity: 'low', attack: ['T1190'] },
    address: {
      title: 'A value that names a host our own sensor saw in an attack',
      severity: 'low',
      attack: ['T1190'],
    },
  };

/** Reads: names, values, master and modules, against what this installation's sensors learnt. */
export const infectedByLearning: Check = {
  id: 'audit.infected.learnt',
  axis: 'infected',
  run: ({ learnt }) => ({
    findings: [...Map.groupBy(learnt, ({ kind }) => kind)].map(([kind, grounds]) => findingOf(kind, grounds)),
  }),
};

function findingOf(kind: Kind, grounds: readonly LearntGround[]): FindingDraft {
  const { title, severity, attack } = KINDS[kind];
  const strong = grounds.some((ground) => ground.strong);
  const first = grounds[0]?.because ?? '';
  return {
    rule: `audit.infected.learnt-${kind}`,
    title,
    severity,
    stage: kind === 'module' ? 'execution' : 'tampering',
    attack,
    why: strong
      ? `${sentence(first)}. What one attacker leaves in a sensor and in this server has one author.`
      : `${sentence(first)}. A name or a host alone proves nothing: attackers also write the names that honest servers use.`,
    advice: strong
      ? 'Isolate the server, take a copy of its data and memory as evidence\nLook at the host: cron, authorized_keys, running processes\nRotate every secret that was stored in it, rebuild, and set a password and bind before it goes back'
      : 'Look at the key and its value, and find out who wrote it: redis-cli OBJECT IDLETIME KEY',
    evidence: grounds.flatMap(({ evidence }) => evidence).slice(0, MOST_SHOWN),
    decides: strong,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
