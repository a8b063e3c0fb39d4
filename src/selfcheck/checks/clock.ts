import { itemsOf, numberOf } from '../answer-values.ts';
import type { Check, Tell } from '../check.ts';
import { observes } from './observe.ts';

const SLACK = 3;

/** C2: uptime, TIME, LASTSAVE and the LRU clock tell the same time, and it moves. */
export const clockCheck: Check = observes(
  { id: 'C2', title: 'its clocks agree, and move', why: 'Numbers that were recorded once stand still.' },
  async ({ ask, info, pause }): Promise<Tell | undefined> => {
    const before = await info('server');
    const time = numberOf(itemsOf(await ask('TIME'))?.[0]);
    const saved = numberOf(await ask('LASTSAVE'));
    await pause(2_200);
    const after = await info('server');
    const [first, second] = [before, after].map((fields) => Number(fields.get('uptime_in_seconds')));
    if (time === undefined || first === undefined || second === undefined || Number.isNaN(first)) {
      return { saw: `TIME or uptime_in_seconds is missing`, expected: 'two numbers' };
    }
    if (second - first < 1 || second - first > 2 + SLACK * 2) {
      return {
        saw: `uptime_in_seconds went from ${first} to ${second} in 2.2 s`,
        expected: `about ${first + 2}`,
      };
    }
    if (Math.floor(second / 86_400) !== Number(after.get('uptime_in_days'))) {
      return {
        saw: `uptime of ${second} s and of ${after.get('uptime_in_days')} days`,
        expected: 'the same',
      };
    }
    const lru = Number(before.get('lru_clock'));
    const wanted = time & 0xff_ff_ff;
    if (!(Math.abs(lru - wanted) <= SLACK))
      return {
        saw: `lru_clock:${before.get('lru_clock')} at TIME ${time}`,
        expected: `about ${wanted}, the low 24 bits of the time`,
      };
    const micro = before.get('server_time_usec');
    if (micro !== undefined && Math.abs(Number(micro) / 1e6 - time) > SLACK) {
      return { saw: `server_time_usec:${micro} at TIME ${time}`, expected: 'the same time' };
    }
    const persistence = await info('persistence');
    const told = Number(persistence.get('rdb_last_save_time'));
    if (saved === undefined || saved !== told)
      return { saw: `LASTSAVE ${saved}, rdb_last_save_time:${told}`, expected: 'the same' };
    if (saved > time + SLACK || saved < time - first - SLACK) {
      return {
        saw: `LASTSAVE ${saved} of a server that was started at ${time - first}`,
        expected: 'between its start and now',
      };
    }
    return undefined;
  },
);
