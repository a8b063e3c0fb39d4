import { existsSync } from 'node:fs';
import type { Ledger } from '../analysis/ledger.ts';
import { createLedger } from '../analysis/ledger.ts';
import type { CrsDetector } from '../crs/detector.ts';
import type { Detection } from '../detect/detector.ts';
import { createDetector } from '../detect/detector.ts';
import { readJournal } from '../journal/reader.ts';
import type { Event } from '../model/event.ts';
import { journalFolder } from './data-folder.ts';
import { Complaint } from './exit.ts';
import type { Knowledge } from './knowledge.ts';
import type { Places } from './places.ts';
import { loadPlaces } from './places.ts';
import type { Terminal } from './terminal.ts';

/** The path every event takes, live or replayed: the rules, then the ledger. */
export interface Observation {
  readonly ledger: Ledger;
  observe(event: Event): Detection;
}

/** What an observation may have beside rules and campaigns. */
export interface ObservationExtras {
  readonly places?: Places;
  readonly crs?: CrsDetector | undefined;
  /** Whether merges and splits of campaigns are noted, which takes a grouping for each day. */
  readonly chronicle?: boolean;
}

export function startObservation(
  knowledge: Knowledge,
  { places, crs, chronicle = false }: ObservationExtras = {},
): Observation {
  const detector = createDetector(knowledge.rules);
  const ledger = createLedger({
    campaigns: knowledge.campaigns,
    chronicle,
    ...(places === undefined ? {} : { placeOf: places.placeOf }),
  });
  return {
    ledger,
    observe: (event) => {
      const own = detector.observe(event);
      const more = crs?.observe(event).findings ?? [];
      const detection = more.length === 0 ? own : { ...own, findings: [...own.findings, ...more] };
      ledger.observe(event, detection.findings, detection.held);
      return detection;
    },
  };
}

/**
 * Feeds the whole journal of a data folder to an observation; returns the number of events. Damage is told on
 * stderr and skipped: what can be read is read.
 */
export async function replay(data: string, observation: Observation, terminal: Terminal): Promise<number> {
  const folder = journalFolder(data);
  if (!existsSync(folder)) return 0;
  let count = 0;
  const events = readJournal(folder, {}, (damage) => terminal.err(`sundew: ${damage.message}\n`));
  for await (const batch of events) {
    for (const event of batch) observation.observe(event);
    count += batch.length;
    terminal.status(`reading the journal: ${count} events`);
  }
  terminal.status('');
  return count;
}

/** For the commands that list what was learnt: a journal has to be there. */
export async function readHistory(
  data: string,
  knowledge: Knowledge,
  terminal: Terminal,
  extras: Omit<ObservationExtras, 'places'> = {},
): Promise<Ledger> {
  if (!existsSync(journalFolder(data))) {
    throw new Complaint(
      `There is no journal in ${data}.`,
      'Start a sensor first (sundew up), or name the data folder with --data DIR.',
    );
  }
  const observation = startObservation(knowledge, { ...extras, places: loadPlaces(data, terminal) });
  await replay(data, observation, terminal);
  return observation.ledger;
}
