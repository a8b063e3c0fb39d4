import type { CampaignMatcher } from '../detect/campaigns.ts';
import type { Rule } from '../detect/rule.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import type { PlaceOf } from '../model/place.ts';
import type { Noise, Session } from '../model/session.ts';
import type { Source } from '../model/source.ts';
import type { SensorStudy } from '../model/study.ts';
import type { CampaignGroups } from './campaign-groups.ts';
import { campaignGroups } from './campaign-groups.ts';
import { createChronicle } from './campaigns/chronicle.ts';
import type { Candidate } from './candidates.ts';
import { candidatesOf, ofSource, STRONG } from './candidates.ts';
import type { DoorVisits } from './doors.ts';
import { doorVisits } from './doors.ts';
import { createIndicatorStore, indicatorKey } from './indicator-store.ts';
import { noiseOf } from './noise.ts';
import { sensorStudy } from './sensor-study.ts';
import type { SessionRecord } from './session-record.ts';
import {
  countEvent,
  countFinding,
  countRequest,
  isAttack,
  MOST_PENDING,
  MOST_STRONG,
  newRecord,
  teaches,
} from './session-record.ts';

/**
 * What the events so far add up to. Pure: the same events give the same ledger, live or replayed. Bounded: the oldest
 * sessions, sources and findings are forgotten first (the journal keeps them), the totals go on counting.
 */
export interface Ledger {
  /** @param held rules that held with this event, also when they had held in the session before. */
  observe(event: Event, findings: readonly Finding[], held?: readonly Rule[]): void;
  sources(): readonly Source[];
  sessions(): readonly Session[];
  session(id: string): Session | undefined;
  findings(): readonly Finding[];
  indicators(): readonly Indicator[];
  campaigns(): readonly Campaign[];
  /** What each address did at each door. */
  doors(): readonly DoorVisits[];
  /** Of the sessions that opened at `since` or later and before `until`, milliseconds since 1970 UTC. */
  study(since: number, until: number): SensorStudy;
  /** Where an address seems to be. */
  readonly placeOf: PlaceOf;
  /** The newest events, the newest last. */
  recent(): readonly Event[];
  readonly totals: LedgerTotals;
}

export interface LedgerTotals {
  events: number;
  sessions: number;
  sources: number;
  findings: number;
  indicators: number;
}

export interface LedgerLimits {
  readonly sessions: number;
  readonly sources: number;
  readonly findings: number;
  readonly recent: number;
}
const LIMITS: LedgerLimits = { sessions: 50_000, sources: 100_000, findings: 100_000, recent: 2_000 };
/** Ties that may merge sessions; key names and shapes are shared by strangers who use the same tool. */
const NAMED = new Set(['url', 'host', 'address', 'endpoint', 'ssh-key', 'wallet']);
/** Attacks of one session that are worth a TLSH; a flood of them must not hold the sensor up. */
const MOST_FUZZY = 16;
const DAY = 86_400_000;
const HASHES = new Set(['value', 'sha256', 'script']);

export function createLedger(options: {
  campaigns: CampaignMatcher;
  /** Where addresses seem to be; nowhere without it. */
  placeOf?: PlaceOf;
  limits?: Partial<LedgerLimits>;
  /** Whether merges and splits of campaigns are noted, which takes a grouping for each day. */
  chronicle?: boolean;
}): Ledger {
  const { placeOf = () => undefined } = options;
  const limits = { ...LIMITS, ...options.limits };
  const records = new Map<string, SessionRecord>();
  const sources = new Map<string, Source>();
  const findings = new Map<string, Finding>();
  const titles = new Map<string, string>();
  const indicators = createIndicatorStore();
  let recent: Event[] = [];
  const totals: LedgerTotals = { events: 0, sessions: 0, sources: 0, findings: 0, indicators: 0 };
  let groups: CampaignGroups | undefined;
  const chronicle = createChronicle();
  let day = -Infinity;

  const recordOf = (event: Event): SessionRecord => {
    const before = records.get(event.session);
    if (before !== undefined) return before;
    const record = newRecord(event, placeOf(event.peer.address));
    records.set(event.session, record);
    forgetOldest(records, limits.sessions);
    totals.sessions++;
    return record;
  };
  const sourceOf = ({ peer, time }: Event, isNew: boolean): Source => {
    const source = sources.get(peer.address);
    if (source !== undefined) {
      source.lastSeen = Math.max(source.lastSeen, time);
      source.firstSeen = Math.min(source.firstSeen, time);
      if (isNew) source.sessions++;
      return source;
    }
    const address = peer.address;
    const place = placeOf(address);
    const made: Source = {
      address,
      ...(place === undefined ? {} : { place }),
      firstSeen: time,
      lastSeen: time,
      sessions: 1,
      commands: 0,
      rules: [],
      techniques: [],
      campaigns: [],
    };
    sources.set(address, made);
    forgetOldest(sources, limits.sources);
    totals.sources++;
    return made;
  };
  const learn = (record: SessionRecord, event: Event, candidates: readonly Candidate[]): void => {
    // What a value holds tells more of it than its hash, and only once.
    const named = candidates.some((one) => NAMED.has(one.kind) && one.confidence >= STRONG);
    for (const candidate of candidates) {
      const sighting = { candidate, time: event.time, session: event.session, source: event.peer.address };
      const tie =
        candidate.confidence >= STRONG &&
        (NAMED.has(candidate.kind) || (!named && HASHES.has(candidate.kind)));
      if (tie && candidate.value !== event.peer.address && record.strong.size < MOST_STRONG) {
        record.strong.add(indicatorKey(candidate));
      }
      if (record.teaching) indicators.add(sighting);
      else {
        // What came last is what the attack consists of; what came first may be chaff.
        if (record.pending.length >= MOST_PENDING) record.pending.shift();
        record.pending.push(sighting);
      }
    }
  };
  const startTeaching = (record: SessionRecord, event: Event): void => {
    record.teaching = true;
    for (const sighting of record.pending) indicators.add(sighting);
    record.pending = [];
    learn(record, event, ofSource(event.peer.address));
  };

  /** Before the first event of a new day is booked, the campaigns of the days before are. Imports bring any day. */
  const endDays = ({ time, vantage }: Event): void => {
    const today = Math.floor(time / DAY);
    if (options.chronicle !== true || vantage === 'import' || today <= day) return;
    if (day > -Infinity) chronicle.note(today * DAY, grouped().bySession);
    day = today;
  };

  const ledger: Ledger = {
    observe: (event, found, held = []) => {
      totals.events++;
      endDays(event);
      recent.push(event);
      if (recent.length >= limits.recent * 2) recent = newest(recent, limits.recent);
      const isNew = !records.has(event.session);
      const record = recordOf(event);
      const source = sourceOf(event, isNew);
      source.commands += countEvent(record, event);
      if (event.act.type === 'http.request') countRequest(record, held);
      for (const finding of found) {
        if (!findings.has(finding.id)) totals.findings++;
        findings.set(finding.id, finding);
        forgetOldest(findings, limits.findings);
        titles.set(finding.rule, finding.title);
        countFinding(record.session, finding);
        countFinding(source, finding);
      }
      for (const sign of options.campaigns.signs(event.act)) {
        const key = `${sign.campaign} ${sign.sign}`;
        if (!record.signs.has(key)) record.signs.set(key, sign);
      }
      const direct = held.some(({ axis, severity }) => axis === 'infected' && severity !== 'info');
      if (direct) record.attacks++;
      learn(record, event, candidatesOf(event.act, direct, record.attacks <= MOST_FUZZY));
      if (!record.teaching && found.some(teaches)) startTeaching(record, event);
      if (event.act.type === 'session.closed') record.pending = [];
      totals.indicators = indicators.size;
      if (record.teaching || isNew) groups = undefined;
    },
    sources: () => {
      const tied = campaignsBySource(grouped(), records);
      const noises = noiseBySource(records.values());
      return [...sources.values()].map((source) => {
        const noise = isAttack(source) ? undefined : noises.get(source.address);
        return {
          ...source,
          ...(noise === undefined ? {} : { noise }),
          campaigns: [...(tied.get(source.address) ?? [])],
        };
      });
    },
    sessions: () => [...records.values()].map((record) => sessionOf(record, grouped())),
    session: (id) => {
      const record = records.get(id);
      return record === undefined ? undefined : sessionOf(record, grouped());
    },
    findings: () => [...findings.values()],
    indicators: () => {
      const { bySession } = grouped();
      return indicators.all().map((indicator) => {
        const rules = indicator.sessions.flatMap((id) => records.get(id)?.session.rules ?? []);
        const tied = new Set(indicator.sessions.flatMap((id) => bySession.get(id) ?? []));
        const [campaign, other] = [...tied];
        return {
          ...indicator,
          rules: [...new Set(rules)],
          ...(campaign !== undefined && other === undefined ? { campaign } : {}),
        };
      });
    },
    campaigns: () => {
      const { campaigns, bySession } = grouped();
      const changes = chronicle.changes(recent.at(-1)?.time ?? 0, bySession);
      return campaigns.map((campaign) => ({ ...campaign, changes: [...(changes.get(campaign.id) ?? [])] }));
    },
    doors: () => doorVisits(records.values()),
    study: (since, until) => sensorStudy(records.values(), titles, since, until),
    placeOf,
    recent: () => newest(recent, limits.recent),
    totals,
  };
  const grouped = (): CampaignGroups => {
    groups ??= campaignGroups(records.values(), options.campaigns, placeOf);
    return groups;
  };
  return ledger;
}

/** By their own time: what an import brings may have happened long before what was written earlier. */
function newest(events: readonly Event[], most: number): Event[] {
  return events.toSorted((a, b) => a.time - b.time).slice(-most);
}

function sessionOf({ session, talk }: SessionRecord, { bySession }: CampaignGroups): Session {
  const campaign = bySession.get(session.id);
  const noise = campaign === undefined ? noiseOf(session, talk, session.place) : undefined;
  return {
    ...session,
    ...(noise === undefined ? {} : { noise }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}

/** The noise of each source all of whose visits are noise: that of the last one. */
function noiseBySource(records: Iterable<SessionRecord>): Map<string, Noise | undefined> {
  const noises = new Map<string, Noise | undefined>();
  for (const { session, talk } of records) {
    const { address } = session.peer;
    if (noises.has(address) && noises.get(address) === undefined) continue;
    noises.set(address, noiseOf(session, talk, session.place));
  }
  return noises;
}

function campaignsBySource(
  { bySession }: CampaignGroups,
  records: ReadonlyMap<string, SessionRecord>,
): Map<string, Set<string>> {
  const tied = new Map<string, Set<string>>();
  for (const [session, campaign] of bySession) {
    const address = records.get(session)?.session.peer.address;
    if (address === undefined) continue;
    const set = tied.get(address) ?? new Set<string>();
    set.add(campaign);
    tied.set(address, set);
  }
  return tied;
}

function forgetOldest<T>(map: Map<string, T>, most: number): void {
  if (map.size <= most) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}
