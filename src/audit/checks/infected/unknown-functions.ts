import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';

/** Reads: FUNCTION LIST, names only: the code may hold secrets, and reading it needs more consent than this. */
export const unknownFunctions: Check = {
  id: 'audit.infected.functions',
  axis: 'infected',
  title: 'No function library nobody knows',
  reads: ['FUNCTION LIST'],
  depth: 'L2',
  run: ({ facts }) => {
    const libraries = facts.libraries ?? [];
    if (libraries.length === 0) return NO_FINDINGS;
    return {
      remarks: ['the code of functions: only their names were read'],
      findings: [
        {
          rule: 'audit.infected.functions',
          title: 'Function libraries are loaded: are they yours?',
          severity: 'info',
          stage: 'persistence',
          attack: ['T1059.011'],
          why: 'Functions survive a restart, unlike scripts. Applications use them rarely, so an unknown one deserves a look.',
          advice:
            'Read the code: redis-cli FUNCTION LIST WITHCODE\nRemove what nobody knows: redis-cli FUNCTION DELETE NAME',
          evidence: libraries
            .map(({ name }) => name)
            .slice(0, 10)
            .map((name) => ({ event: 'FUNCTION LIST', field: 'library_name', excerpt: printable(name, 80) })),
          decides: false,
        },
      ],
    };
  },
};
