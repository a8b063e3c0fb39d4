import type { Check } from '../../check.ts';

const MOST_SHOWN = 10;

/** Reads: the commands of append-only files. What was written and deleted again was an attack, and is not there now. */
export const appendOnlyHistory: Check = {
  id: 'audit.infected.append-only-history',
  axis: 'infected',
  title: 'No attack stands in the history that the append-only file keeps',
  reads: ['appendonly.aof', 'appendonlydir/*.aof'],
  depth: 'L5',
  run: ({ facts: { history, subject } }) => {
    if (subject.kind === 'server') return { findings: [], moot: 'a server was asked, no files were given' };
    if (history === undefined) return { findings: [], moot: 'no append-only file was given' };
    const hits = history.filter(({ rule }) => rule.axis === 'infected');
    if (hits.length === 0) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.infected.append-only-history',
          title: 'An attack was written into it before, and deleted again',
          severity: hits.some(({ grounds }) => grounds.some(({ strong }) => strong)) ? 'high' : 'low',
          stage: 'access',
          attack: [...new Set(hits.flatMap(({ rule }) => rule.attack))].slice(0, 8),
          why: `${hits
            .map(({ rule }) => rule.title)
            .slice(0, 5)
            .join(
              '; ',
            )}. It is no longer there: whoever wrote it cleaned up, or somebody else did. It may have worked in between.`,
          advice:
            'Keep a copy of the append-only file: it says in which order things were done\nLook at its host for what such values lead to: crontabs, /root/.ssh/authorized_keys, web folders, programs that redis-server started\nClose the way in: see what this report says under "exposed"',
          evidence: hits.flatMap(({ evidence }) => evidence).slice(0, MOST_SHOWN),
          decides: false,
        },
      ],
    };
  },
};
