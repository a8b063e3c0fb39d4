import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ledger } from '../../src/analysis/ledger.ts';
import { createLedger } from '../../src/analysis/ledger.ts';
import type { CampaignMatcher } from '../../src/detect/campaigns.ts';
import type { Detector } from '../../src/detect/detector.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/journal.ts';
import type { ActOf, Protocol } from '../../src/model/act.ts';
import type { Emit } from '../../src/model/recorder.ts';
import { fixedClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { commandName, interpretCommand } from '../../src/redis/interpret.ts';
import type { Dashboard } from '../../src/serve/dashboard.ts';
import { listenDashboard } from '../../src/serve/dashboard.ts';
import { plainCampaigns, plainDetector } from './plain-detector.ts';
import { samplePlace } from './sample-places.ts';

export interface Visitor {
  readonly session: string;
  readonly emit: Emit;
  /** Sends a command after so many milliseconds; `error` is how it is refused. */
  does(argv: readonly string[], afterMs?: number, error?: string): void;
  /** Sends an HTTP request. */
  asks(target: string, fields?: Partial<ActOf<'http.request'>>): void;
  leaves(afterMs?: number): void;
}

export interface Stage {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly dashboard: Dashboard;
  /** Where recordings of its visits would stand. */
  readonly recordings: string;
  readonly url: string;
  /** What the journal is to say that is wrong with it. */
  readonly trouble: { trouble?: string };
  visit(address: string, port?: number, sensor?: string, protocol?: Protocol): Visitor;
  close(): Promise<void>;
}

/** What a dashboard shows beside the visits. */
export type StageOptions = Partial<
  Pick<Parameters<typeof listenDashboard>[0], 'captures' | 'audits' | 'store' | 'password' | 'tls'>
>;

export const PAGE_FOLDER: string = join(import.meta.dirname, '..', '..', 'dist', 'ui');
const SENSOR_PORT = 6379;

/** The real journal, ledger and dashboard, with a clock of the test's own; visitors say what they do themselves. */
export async function openStage(
  start: number,
  knowledge: { detector: Detector; campaigns: CampaignMatcher } = {
    detector: plainDetector(),
    campaigns: plainCampaigns,
  },
  port = 0,
  more: StageOptions = {},
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-dashboard-'));
  const recordings = join(folder, 'recordings');
  const clock = fixedClock(start);
  const journal = await openJournal({ folder, clock, random: seededRandom(7), fsync: 'never' });
  const trouble: { trouble?: string } = {};
  const ledger = createLedger({ campaigns: knowledge.campaigns, placeOf: samplePlace });
  const dashboard = await listenDashboard({
    host: '127.0.0.1',
    port,
    ledger,
    recordings,
    journal: { folder, status: () => ({ ...journal.status(), ...trouble }) },
    placeSources: [{ tells: 'country and asn', name: 'made up', date: '2026-01-01', licence: 'none' }],
    ...more,
    sensors: [
      { name: 'redis-1', host: '127.0.0.1', port: SENSOR_PORT, protocol: 'redis' },
      { name: 'redis-2', host: '127.0.0.1', port: SENSOR_PORT + 1, protocol: 'redis' },
      { name: 'http', host: '127.0.0.1', port: 8080, protocol: 'http' },
    ],
    version: '0.1.0',
    clock,
    pageFolder: PAGE_FOLDER,
  });
  journal.onAcknowledged((events) => {
    const findings = events.flatMap((event) => {
      const detection = knowledge.detector.observe(event);
      ledger.observe(event, detection.findings, detection.held);
      return detection.findings;
    });
    dashboard.publish(events, findings);
  });
  return {
    clock,
    journal,
    ledger,
    dashboard,
    recordings,
    trouble,
    url: `http://127.0.0.1:${dashboard.port}/`,
    visit: (address, visitorPort = 40_000, sensor = 'redis-1', protocol = 'redis') => {
      const recorder = journal.open({ vantage: 'sensor', sensor, peer: { address, port: visitorPort } });
      return startVisit(recorder.session, recorder.emit, clock, protocol);
    },
    close: async () => {
      await dashboard.close();
      await journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function startVisit(
  session: string,
  emit: Emit,
  clock: ReturnType<typeof fixedClock>,
  protocol: Protocol,
): Visitor {
  const opened = clock.now();
  const settings = { dir: '/var/lib/redis', dbfilename: 'dump.rdb' };
  let commands = 0;
  let bytesIn = 0;
  emit({ type: 'session.opened', protocol, local: { address: '127.0.0.1', port: SENSOR_PORT } });
  return {
    session,
    emit,
    does: (argv, afterMs = 40, error = '') => {
      clock.advance(afterMs);
      commands += 1;
      bytesIn += argv.join(' ').length;
      const { name, args } = commandName(argv);
      const outcome = error === '' ? ({ reply: 'ok' } as const) : ({ reply: 'error', error } as const);
      for (const act of interpretCommand(argv, outcome, { db: 0, ...settings })) emit(act);
      if (name === 'config|set' && args[0] === 'dir') settings.dir = args[1] ?? '';
      if (name === 'config|set' && args[0] === 'dbfilename') settings.dbfilename = args[1] ?? '';
    },
    asks: (target, fields = {}) => {
      clock.advance(5);
      commands += 1;
      emit({
        type: 'http.request',
        method: 'GET',
        target,
        version: '1.1',
        headers: [['User-Agent', 'Mozilla/5.0']],
        body: '',
        status: 404,
        ...fields,
      });
    },
    leaves: (afterMs = 30) => {
      clock.advance(afterMs);
      emit({
        type: 'session.closed',
        reason: 'visitor',
        commands,
        bytesIn,
        bytesOut: commands * 5,
        ms: clock.now() - opened,
      });
    },
  };
}
