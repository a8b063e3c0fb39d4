import { worksLikeRedisWannaMine } from '../analysis/doors.ts';
import type { DoorVisits } from '../model/door-visits.ts';
import type { Column, ListView } from './column.ts';
import { timeText } from './times.ts';

type Door = DoorVisits['doors'][number];

/** Addresses that were at several doors, and what they did at each. */
export const doorView: ListView<DoorVisits> = {
  time: ({ doors }) => lastOf(doors),
  columns: [
    { name: 'address', title: 'SOURCE', cell: ({ address }) => address },
    doorColumn('redis', 'REDIS'),
    doorColumn('http', 'HTTP'),
    doorColumn('smb', 'SMB'),
    { name: 'last_seen', title: 'LAST SEEN', cell: ({ doors }) => timeText(lastOf(doors)) },
    {
      name: 'works_like',
      title: 'WORKS LIKE',
      cell: (one) => (worksLikeRedisWannaMine(one) ? 'RedisWannaMine' : ''),
    },
    { name: 'tie', title: 'TIE', csvOnly: true, cell: () => 'the address alone: weak' },
  ],
};

function doorColumn(protocol: Door['protocol'], title: string): Column<DoorVisits> {
  return {
    name: protocol,
    title,
    width: 44,
    cell: ({ doors }) => {
      const door = doors.find((one) => one.protocol === protocol);
      if (door === undefined) return '-';
      const { visits, attacks, rules } = door;
      return `${counted(visits.length, 'visit')}, ${counted(attacks, 'attack')}${rules.length === 0 ? '' : `: ${rules.join(' ')}`}`;
    },
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function lastOf(doors: readonly Door[]): number {
  return Math.max(...doors.flatMap(({ visits }) => visits.map(({ to }) => to)));
}
