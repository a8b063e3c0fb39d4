import { printable } from '../../../model/printable.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { isKnownModule } from '../../infection/learnt.ts';
import type { LoadedModule } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { findingsFrom, findingsJoined } from './from-hits.ts';

const MOST_SHOWN = 10;

/** Reads: MODULE LIST, the commands each module brings, redis.conf loadmodule. A module may do all that Redis may. */
export const loadedModules: Check = {
  id: 'audit.infected.modules',
  axis: 'infected',
  title: 'No module is loaded that runs programs or that nobody installed',
  reads: ['MODULE LIST', 'COMMAND LIST FILTERBY MODULE', 'redis.conf loadmodule'],
  depth: 'L2',
  run: (view) => {
    const { modules } = view.facts;
    if (modules === undefined)
      return { findings: [], unseen: [hiddenBecause(view.facts, 'modules', 'loaded modules')] };
    const findings = [
      ...findingsFrom(view.ruleHits, 'modules'),
      ...findingsJoined(
        joinedGrounds(view),
        'modules',
        'Stop the cause: redis-cli MODULE UNLOAD NAME, remove its file, and its loadmodule line in redis.conf; look for the programs it started (ps, crontab -l, authorized_keys).',
      ),
    ];
    const decided = findings.some(({ decides }) => decides === true);
    const unknown = modules.filter(({ name }) => !isKnownModule(name));
    return {
      findings: decided || unknown.length === 0 ? findings : [...findings, unknownModules(unknown)],
    };
  },
};

function unknownModules(modules: readonly LoadedModule[]): FindingDraft {
  return {
    rule: 'audit.infected.unknown-module',
    title: 'A module is loaded that no publisher is known for: is it yours?',
    severity: 'low',
    stage: 'execution',
    attack: ['T1129'],
    why: 'Teams write modules of their own. So do attackers, and theirs may have any name.',
    advice:
      'Ask who installed it, and compare its file with the package it is said to come from: redis-cli MODULE LIST\nIf nobody knows it: isolate the server, keep the file and a copy of the memory, then redis-cli MODULE UNLOAD NAME\nIn redis.conf: enable-module-command no',
    evidence: modules.slice(0, MOST_SHOWN).map(({ name, path }) => ({
      event: 'MODULE LIST',
      field: 'name',
      excerpt: printable(path === undefined ? name : `${name} from ${path}`, 160),
    })),
    decides: false,
  };
}
