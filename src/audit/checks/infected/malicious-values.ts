import type { Check } from '../../check.ts';
import { joinedGrounds } from '../../infection/joined-grounds.ts';
import { findingsFrom, findingsJoined } from './from-hits.ts';

/** Reads: the beginning and the end of values, through the same rules as the sensors. */
export const maliciousValues: Check = {
  id: 'audit.infected.values',
  axis: 'infected',
  title: 'No value is written for cron, sshd, a shell or a web server',
  reads: ['GETRANGE', 'LRANGE, HSCAN, SSCAN, ZRANGE, XRANGE', 'every value of a dump'],
  depth: 'L4',
  run: (view) => ({
    findings: [
      ...findingsFrom(view.ruleHits, 'values'),
      ...findingsJoined(
        joinedGrounds(view),
        'values',
        'Stop the cause: remove what was planted only after the copy is made: redis-cli DEL KEY',
      ),
    ],
  }),
};
