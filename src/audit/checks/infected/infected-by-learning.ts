import type { Check, FindingDraft } from '../../check.ts';
import type { LearntGround } from '../../infection/learnt-ground.ts';

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
  title: 'Nothing that our own sensors saw in an attack',
  reads: ['SCAN', 'GETRANGE and the like', 'INFO replication', 'MODULE LIST'],
  depth: 'L1',
  run: ({ learnt }) => ({
    findings: [...Map.groupBy(learnt, ({ kind }) => kind)].map(([kind, grounds]) => findingOf(kind, grounds)),
  }),
};

function findingOf(kind: Kind, grounds: readonly LearntGround[]): FindingDraft {
  const { title, severity, attack } = KINDS[kind];
  const proof = grounds.find((ground) => ground.strong);
  const strong = proof !== undefined;
  const first = (proof ?? grounds[0])?.because ?? '';
  return {
    rule: `audit.infected.learnt-${kind}`,
    title,
    severity: strong ? severity : 'low',
    stage: kind === 'module' ? 'execution' : 'tampering',
    attack,
    why: strong
      ? `${sentence(first)}. What one attacker leaves in a sensor and in this server has one author.`
      : `${sentence(first)}. Anybody can write into a sensor what honest servers hold, and here it stands as honest data does: a reason to look, not a proof.`,
    advice: strong
      ? 'Isolate the server, take a copy of its data and memory as evidence\nLook at the host: cron, authorized_keys, running processes\nRotate every secret that was stored in it, rebuild, and set a password and bind before it goes back'
      : (LOOK[kind] ?? LOOK_AT_KEY),
    evidence: grounds.flatMap(({ evidence }) => evidence).slice(0, MOST_SHOWN),
    decides: strong,
  };
}

const LOOK_AT_KEY =
  'Look at the key and its value: redis-cli GETRANGE KEY 0 400\nWhen it was last touched, in seconds: redis-cli OBJECT IDLETIME KEY';
const LOOK: Readonly<Partial<Record<Kind, string>>> = {
  master:
    'Ask whose master this is\nIf nobody knows: redis-cli REPLICAOF NO ONE, then look at redis-cli MODULE LIST',
  module: 'Compare its file with the one of the package it is said to come from: redis-cli MODULE LIST',
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
