import { printable } from '../../../model/printable.ts';
import { parseCounters } from '../../../redis/info.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { statisticsOf } from '../../infection/statistics.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { findingsFrom, findingsJoined } from './from-hits.ts';

const MOST_SHOWN = 12;
/** Commands that takeovers use; refused ones were tried by somebody who was not allowed to. */
const TELLING = new Set([
  'config|set',
  'debug',
  'function|load',
  'migrate',
  'module',
  'module|load',
  'module|loadex',
  'replicaof',
  'slaveof',
  'acl|setuser',
  'eval',
  'flushall',
]);
/** So many wrong passwords are no typing mistakes. */
const MANY_LOGINS = 100;

/** Reads: INFO commandstats (calls, rejected, failed) and errorstats: what stays when an attacker has cleaned up. */
export const attackStatistics: Check = {
  id: 'audit.infected.statistics',
  axis: 'infected',
  title: 'Its counters tell of no takeover',
  reads: ['INFO commandstats', 'INFO errorstats'],
  depth: 'L1',
  run: (view) => {
    if (view.facts.info === undefined)
      return { findings: [], unseen: [hiddenBecause(view.facts, 'info', 'counters of commands')] };
    return {
      findings: [
        ...findingsFrom(view.ruleHits, 'statistics'),
        ...findingsJoined(
          joinedGrounds(view),
          'statistics',
          'Stop the cause: nobody but you may call these: redis-cli ACL SETUSER default -@admin -@dangerous ; look for what was loaded: files like *.so in its data folder and in /tmp, programs started by redis-server',
        ),
        ...refused(view.facts),
        ...guessing(view.facts),
      ],
    };
  },
};

function refused(facts: ServerFacts): FindingDraft[] {
  const tried = statisticsOf(facts).filter(
    ({ command, rejected, failed }) => TELLING.has(command) && rejected + failed > 0,
  );
  const takesOver = tried.some(({ command }) =>
    /^(config\|set|module|replicaof|slaveof|debug)/.test(command),
  );
  if (!takesOver) return [];
  return [
    {
      rule: 'audit.infected.refused-commands',
      title: 'Commands of a takeover were refused',
      severity: 'low',
      stage: 'access',
      attack: ['T1190'],
      why: 'Somebody sent commands that change where files go, load code or replace the data, and the server refused. Tools of operators do so by mistake, too.',
      advice:
        'Find out who: redis-cli ACL LOG ; redis-cli SLOWLOG GET 128 ; redis-cli CLIENT LIST\nLet only administrators call them: redis-cli ACL SETUSER default -@admin -@dangerous',
      evidence: tried.slice(0, MOST_SHOWN).map(({ command, rejected, failed }) => ({
        event: `INFO commandstats ${printable(command, 60)}`,
        field: 'rejected',
        excerpt: `rejected ${rejected}, failed ${failed}`,
      })),
      decides: false,
    },
  ];
}

function guessing({ info }: ServerFacts): FindingDraft[] {
  const wrong = parseCounters(info?.get('errorstat_WRONGPASS') ?? '').get('count') ?? 0;
  if (wrong < MANY_LOGINS) return [];
  return [
    {
      rule: 'audit.infected.password-guessing',
      title: 'Many wrong passwords were sent',
      severity: 'low',
      stage: 'access',
      attack: ['T1110.001'],
      why: `${wrong} logins with a wrong password since the start: somebody guesses, or an application still has an old password.`,
      advice:
        'See from where: redis-cli ACL LOG\nIf it is no application of yours: close the port to its network, and use a long random password (redis-cli ACL GENPASS)',
      evidence: [{ event: 'INFO errorstats', field: 'WRONGPASS', excerpt: `count ${wrong}` }],
      decides: false,
    },
  ];
}
