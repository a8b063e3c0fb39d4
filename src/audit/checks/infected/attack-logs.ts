import { printable } from '../../../model/printable.ts';
import type { Check, FindingDraft } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { responseAdvice } from '../../infection/response-advice.ts';
import type { RuleHit } from '../../infection/rule-hits.ts';
import { hostOfClient, isPublic } from '../../infection/server-traces.ts';
import type { ConnectedClient, DeniedCall } from '../../server-facts.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { findingsJoined } from './from-hits.ts';

const MOST_SHOWN = 10;

/** Reads: SLOWLOG GET with its arguments, ACL LOG, CLIENT LIST: the only places that name who did it. */
export const attackLogs: Check = {
  id: 'audit.infected.logs',
  axis: 'infected',
  title: 'Nobody attacks it in its logs, and no stranger is connected',
  reads: ['SLOWLOG GET', 'ACL LOG', 'CLIENT LIST'],
  depth: 'L2',
  run: (view) => {
    const { facts, ruleHits } = view;
    const hits = ruleHits.filter(({ rule, source }) => source === 'logs' && rule.axis === 'infected');
    const unseen = [
      ...(facts.slowCalls === undefined ? [hiddenBecause(facts, 'slowCalls', 'SLOWLOG')] : []),
      ...(facts.deniedCalls === undefined && !isBeforeAcl(facts.engine?.version)
        ? [hiddenBecause(facts, 'deniedCalls', 'ACL LOG')]
        : []),
      ...(facts.clients === undefined ? [hiddenBecause(facts, 'clients', 'CLIENT LIST')] : []),
    ];
    return {
      findings: [
        ...(hits.length > 0 ? [inSlowLog(hits)] : []),
        ...findingsJoined(joinedGrounds(view), 'logs', STOP),
        ...denied(facts.deniedCalls ?? []),
        ...strangers(facts.clients ?? []),
      ],
      ...(unseen.length === 0 ? {} : { unseen }),
    };
  },
};

const STOP =
  'Stop the cause: close the connections of that address (redis-cli CLIENT KILL ADDR ADDRESS:PORT), and let nobody else call these: redis-cli ACL SETUSER default -@admin -@dangerous -@scripting';

function isBeforeAcl(version: string | undefined): boolean {
  return version !== undefined && /^[0-5]\./.test(version);
}

function inSlowLog(hits: readonly RuleHit[]): FindingDraft {
  const strong = hits.some(({ grounds }) => grounds.some((ground) => ground.strong));
  const titles = hits.map(({ rule }) => rule.title).slice(0, 5);
  return {
    rule: 'audit.infected.slow-log',
    title: 'The slow log holds commands of an attack',
    severity: strong ? 'high' : 'low',
    stage: 'access',
    attack: [...new Set(hits.flatMap(({ rule }) => rule.attack))].slice(0, 8),
    why: strong
      ? `${titles.join('; ')}. The slow log says when it ran and from which address.`
      : `${titles.join('; ')}. Operators and applications send the same, so it is only a reason to look twice.`,
    advice: strong
      ? responseAdvice(STOP)
      : 'See what it was, and whose address: redis-cli SLOWLOG GET 128\nIf it was nobody of yours, isolate the server and keep a copy of its data first',
    evidence: hits.flatMap(({ evidence }) => evidence).slice(0, MOST_SHOWN),
    decides: strong,
  };
}

/** What an ordinary user was not allowed to do, of the commands that take a server over. */
const TAKEOVER =
  /^(config|module|slaveof|replicaof|debug|eval|evalsha|function|migrate|acl|flushall|shutdown)\b/;
const MANY_LOGINS = 20;

function denied(calls: readonly DeniedCall[]): FindingDraft[] {
  const tried = calls.filter(({ reason, object, client }) =>
    reason === 'command' ? TAKEOVER.test(object.toLowerCase()) && isPublic(hostOfClient(client)) : false,
  );
  const logins = calls.filter(({ reason }) => reason === 'auth');
  const wrong = logins.reduce((total, { count }) => total + count, 0);
  if (tried.length === 0 && wrong < MANY_LOGINS) return [];
  return [
    {
      rule: 'audit.infected.denied-calls',
      title: 'ACL LOG: somebody was kept out again and again',
      severity: 'low',
      stage: 'access',
      attack: ['T1110.001', 'T1190'],
      why: 'Passwords were guessed, or commands of a takeover were refused. It was kept out; look whether it came in elsewhere.',
      advice:
        'Look at the addresses: redis-cli ACL LOG\nClose the port to those that are not yours; if an application of yours has an old password, give it the new one',
      evidence: [...tried, ...logins].slice(0, MOST_SHOWN).map(({ reason, object, client, count }) => ({
        event: 'ACL LOG',
        field: printable(reason, 20),
        excerpt: printable(`${count} times ${object} from ${client}`, 160),
      })),
      decides: false,
    },
  ];
}

/** Connections from public addresses; those that copy the data or read along first. */
function strangers(clients: readonly ConnectedClient[]): FindingDraft[] {
  const foreign = clients.filter(({ self, address }) => !self && isPublic(hostOfClient(address)));
  if (foreign.length === 0) return [];
  const telling = foreign.filter(({ flags, command }) => /[SO]/.test(flags) || READS_ALONG.test(command));
  const shown = telling.length > 0 ? telling : foreign;
  return [
    {
      rule: 'audit.infected.foreign-clients',
      title:
        telling.length > 0
          ? 'A client at a public address copies the data or reads along'
          : 'Clients at public addresses are connected',
      severity: telling.length > 0 ? 'low' : 'info',
      stage: 'access',
      attack: telling.length > 0 ? ['T1005', 'T1213.006'] : ['T1190'],
      why:
        telling.length > 0
          ? 'MONITOR, PSYNC and SYNC hand out everything the server holds or is told. Replicas in other clouds do the same: ask whose address it is.'
          : 'Applications of the own network come from private addresses. Ask whose these are.',
      advice:
        'See them: redis-cli CLIENT LIST\nClose what is not yours: redis-cli CLIENT KILL ADDR ADDRESS:PORT, and let only your networks reach the port',
      evidence: shown.slice(0, MOST_SHOWN).map(({ address, command, user, name }) => ({
        event: 'CLIENT LIST',
        field: 'addr',
        excerpt: printable(`${address} ${command} user=${user}${name === '' ? '' : ` name=${name}`}`, 160),
      })),
      decides: false,
    },
  ];
}

const READS_ALONG = /^(monitor|psync|sync|replconf)$/;
