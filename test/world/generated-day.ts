import type { Event } from '../../src/model/event.ts';
import type { Random } from '../../src/platform/random.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { interpretCommand } from '../../src/redis/interpret.ts';
import type { Operator } from './operator.ts';
import { makeOperator } from './operator.ts';
import { visitOf } from './visit.ts';

/** A day of a sensor of which it is known who did what. */
export interface GeneratedDay {
  readonly events: readonly Event[];
  /** Operator by session; visits of scanners are of nobody. */
  readonly truth: ReadonlyMap<string, string>;
  readonly operators: readonly Operator[];
}

export interface DayPlan {
  readonly seed: number;
  /** At most 50, so that no two share a server. */
  readonly operators?: number;
  /** Visits that only look: INFO, PING, bytes of other protocols. */
  readonly scanners?: number;
  /** Operators beside the generated ones. */
  readonly more?: readonly Operator[];
}

const MIDNIGHT = Date.UTC(2026, 10, 24);
const DAY_MS = 86_400_000;
const SCANS = [[['INFO']], [['PING']], [['INFO'], ['CLIENT', 'LIST']], [['CONFIG', 'GET', '*']], []] as const;

export function generatedDay({ seed, operators = 40, scanners = 400, more = [] }: DayPlan): GeneratedDay {
  const random = seededRandom(seed);
  const shared = Array.from({ length: 6 }, (_, at) => `198.19.0.${at + 1}`);
  const tools = [
    'http://192.0.2.10/install.sh',
    'http://files.tools.example.invalid/get',
    'http://192.0.2.77/x',
  ];
  const made: Operator[] = [...more];
  for (let number = 0; number < operators; number++) {
    const hosts = made.flatMap((one) => one.hosts.slice(0, 1));
    made.push(makeOperator(number, random, { shared, tools, hosts }));
  }
  const visits = made.flatMap((operator) =>
    Array.from({ length: operator.sessions }, (_, at) => {
      const part = random.below(1_000_000) / 1_000_000;
      // Each source comes at least once; then any of them.
      const source = operator.sources[at] ?? operator.sources[random.below(operator.sources.length)] ?? '';
      return { operator: operator.id, part, source, commands: visitOf(operator, part, random) };
    }),
  );
  const scans = Array.from({ length: scanners }, (_, at) => ({
    operator: undefined,
    part: random.below(1_000_000) / 1_000_000,
    source: `198.19.${1 + (at >> 8)}.${at & 255}`,
    commands: SCANS[random.below(SCANS.length)] ?? [],
  }));
  const truth = new Map<string, string>();
  const events: Event[] = [];
  for (const [at, visit] of [...visits, ...scans].toSorted((a, b) => a.part - b.part).entries()) {
    const session = `s${at}`;
    if (visit.operator !== undefined) truth.set(session, visit.operator);
    events.push(...eventsOf(session, visit, random));
  }
  return {
    events: events.map((event, at) => ({ ...event, id: `day-${at.toString(36)}` })),
    truth,
    operators: made,
  };
}

function eventsOf(
  session: string,
  { part, source, commands }: { part: number; source: string; commands: readonly (readonly string[])[] },
  random: Random,
): Event[] {
  let time = MIDNIGHT + Math.floor(part * DAY_MS);
  const peer = { address: source, port: 1_024 + random.below(60_000) };
  const event = (act: Event['act']): Event => ({
    id: '',
    time: (time += 20 + random.below(400)),
    vantage: 'sensor',
    sensor: 'generated',
    session,
    peer,
    act,
  });
  const context = { db: 0, dir: '/var/lib/redis', dbfilename: 'dump.rdb' };
  return [
    event({ type: 'session.opened', protocol: 'redis', local: { address: '192.0.2.1', port: 6379 } }),
    ...commands.flatMap((argv) => interpretCommand(argv, { reply: 'ok' }, context)).map(event),
  ];
}
