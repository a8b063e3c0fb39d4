import type { Check } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { hiddenBecause } from '../../server-facts.ts';
import { findingsFrom, findingsJoined } from './from-hits.ts';

/** Reads: where the dump file goes, and whether one was saved there since the start. */
export const movedPersistence: Check = {
  id: 'audit.infected.persistence',
  axis: 'infected',
  title: 'The dump file goes where data belongs',
  reads: ['CONFIG GET dir', 'CONFIG GET dbfilename', 'INFO persistence', 'redis.conf dir dbfilename'],
  depth: 'L2',
  run: (view) => ({
    findings: [
      ...findingsFrom(view.ruleHits, 'settings'),
      ...findingsJoined(
        joinedGrounds(view),
        'settings',
        'Stop the cause: redis-cli CONFIG SET dir /var/lib/redis ; redis-cli CONFIG SET dbfilename dump.rdb ; then remove the file it left',
      ),
    ],
    ...(view.facts.settings === undefined
      ? { unseen: [hiddenBecause(view.facts, 'settings', 'where the dump file goes')] }
      : {}),
  }),
};
