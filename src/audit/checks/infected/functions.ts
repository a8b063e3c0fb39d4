import { printable } from '../../../model/printable.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { responseAdvice } from '../../infection/response-advice.ts';
import type { RuleHit } from '../../infection/rule-hits.ts';
import { hiddenBecause } from '../../server-facts.ts';

const MOST_SHOWN = 10;

/** Reads: FUNCTION LIST; the code only where it was asked for (WITHCODE, or a dump), for it may hold secrets. */
export const functions: Check = {
  id: 'audit.infected.functions',
  axis: 'infected',
  title: 'No function library that leaves the sandbox, or that nobody knows',
  reads: ['FUNCTION LIST', 'FUNCTION LIST WITHCODE', 'FUNCTION2 of a dump'],
  depth: 'L2',
  run: ({ facts, ruleHits }) => {
    const { libraries } = facts;
    if (libraries === undefined) {
      const why = hiddenBecause(facts, 'libraries', 'functions');
      return facts.engine !== undefined && /^[0-6]\./.test(facts.engine.version)
        ? { findings: [], moot: 'this release has no functions' }
        : { findings: [], unseen: [why] };
    }
    const hits = ruleHits.filter(({ rule, source }) => source === 'functions' && rule.axis === 'infected');
    if (hits.length > 0) return { findings: [hostileCode(hits)] };
    const unread = libraries.filter(({ code }) => code === undefined);
    if (libraries.length === 0) return { findings: [] };
    return {
      findings: [askWhose(libraries.map(({ name }) => name))],
      ...(unread.length === 0 ? {} : { remarks: ['the code of functions: only their names were read'] }),
    };
  },
};

function hostileCode(hits: readonly RuleHit[]): FindingDraft {
  const strong = hits.some(({ grounds }) => grounds.some((ground) => ground.strong));
  return {
    rule: 'audit.infected.function-code',
    title: 'The code of a function does what attacks do',
    severity: strong ? 'critical' : 'low',
    stage: 'persistence',
    attack: ['T1190', 'T1059.011'],
    why: `${hits.map(({ rule }) => rule.title).join('; ')}. Functions survive a restart and are copied to every replica.`,
    advice: responseAdvice(
      'Stop the cause: keep the code (redis-cli FUNCTION DUMP), then redis-cli FUNCTION DELETE NAME on the primary; look at who may call FUNCTION: redis-cli ACL LIST',
    ),
    evidence: hits.flatMap(({ evidence }) => evidence).slice(0, MOST_SHOWN),
    decides: strong,
  };
}

function askWhose(names: readonly string[]): FindingDraft {
  return {
    rule: 'audit.infected.functions',
    title: 'Function libraries are loaded: are they yours?',
    severity: 'info',
    stage: 'persistence',
    attack: ['T1059.011'],
    why: 'Functions survive a restart, unlike scripts. Applications use them rarely, so an unknown one deserves a look.',
    advice:
      'Read the code: redis-cli FUNCTION LIST WITHCODE\nRemove what nobody knows: redis-cli FUNCTION DELETE NAME',
    evidence: names
      .slice(0, MOST_SHOWN)
      .map((name) => ({ event: 'FUNCTION LIST', field: 'library_name', excerpt: printable(name, 80) })),
    decides: false,
  };
}
