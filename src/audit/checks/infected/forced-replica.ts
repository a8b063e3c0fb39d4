import type { Check } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { findingsFrom, findingsJoined } from './from-hits.ts';

/** Reads: whose replica it is. Whoever is its master chooses all of its data. */
export const forcedReplica: Check = {
  id: 'audit.infected.master',
  axis: 'infected',
  title: 'It is nobody’s replica but its owner’s',
  reads: ['INFO replication', 'redis.conf replicaof'],
  depth: 'L1',
  run: (view) => ({
    findings: [
      ...findingsFrom(view.ruleHits, 'replication'),
      ...findingsJoined(
        joinedGrounds(view),
        'replication',
        'Stop the cause: redis-cli REPLICAOF NO ONE ; remove replicaof from redis.conf ; then look at redis-cli MODULE LIST and for files like *.so in its data folder',
      ),
    ],
    ...(view.facts.info === undefined ? { unseen: [hiddenBecause(view.facts, 'info', 'its master')] } : {}),
  }),
};
