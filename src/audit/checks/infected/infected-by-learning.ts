import type { Check, FindingDraft } from '../../check.ts';
import type { LearntGround } from '../../infection/learnt-ground.ts';
import { responseAdvice } from '../../infection/response-advice.ts';

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
    script: {
      title: 'A function whose code attackers sent to our own sensor',
      severity: 'low',
      attack: ['T1059.011'],
    },
    client: {
      title: 'A client at an address that attacked our own sensor',
      severity: 'low',
      attack: ['T1190'],
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
  reads: ['SCAN', 'GETRANGE and the like', 'INFO replication', 'MODULE LIST', 'FUNCTION LIST', 'CLIENT LIST'],
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
      ? responseAdvice(
          'Stop the cause: look at the host for what it ran: cron, authorized_keys, running programs, and end it',
        )
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
  script: 'Read the code, and ask whose it is: redis-cli FUNCTION LIST WITHCODE',
  client:
    'See what it does: redis-cli CLIENT LIST\nIf it is nobody of yours: redis-cli CLIENT KILL ADDR ADDRESS:PORT, and let only your networks reach the port',
  module: 'Compare its file with the one of the package it is said to come from: redis-cli MODULE LIST',
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
