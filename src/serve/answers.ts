import type { CampaignGraph } from '../analysis/campaign-graph.ts';
import type { Cut } from '../model/act.ts';
import type { AuditReport, Outcome, Rung } from '../model/audit-report.ts';
import type { Campaign, PlaceShare } from '../model/campaign.ts';
import type { CaptureRecord } from '../model/capture.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import type { PlaceSource } from '../model/place.ts';
import type { Session } from '../model/session.ts';
import type { Severity, Stage, Technique } from '../model/severity.ts';
import type { Source } from '../model/source.ts';
import type { SensorStudy } from '../model/study.ts';

// What the API answers with. Types only, so that the page can share them.
//
// Every text in these answers is printable: one line, without control, format or bidirectional characters. The page
// never meets a raw byte of an attacker.

export type ActType = Event['act']['type'];

/** A campaign as other things name it. */
export interface CampaignName {
  readonly id: string;
  readonly title: string;
}

/** One event, laid out the same for every kind of act. */
export interface EventView {
  readonly id: string;
  readonly time: number;
  readonly sensor: string;
  readonly session: string;
  readonly peer: Event['peer'];
  readonly type: ActType;
  /** The command in upper case, or what happened in words: `CONFIG SET`, `connected`. */
  readonly what: string;
  /** Arguments of the command, or the parts of what happened, each printable. */
  readonly args: readonly string[];
  /** Arguments that are not in `args`. */
  readonly argsLeft?: number;
  readonly outcome?: 'ok' | 'error' | 'refused' | 'none';
  /** The error text, or figures. */
  readonly note?: string;
  /** True for what a command meant (a value, a setting); the command itself is the event before it. */
  readonly derived: boolean;
  readonly cut?: readonly Cut[];
}

export type SourceView = Omit<Source, 'campaigns'> & { readonly campaigns: readonly CampaignName[] };

export type SessionView = Omit<Session, 'campaign'> & {
  readonly campaign?: CampaignName;
  /** Title of the worst finding. */
  readonly worst?: string;
  readonly findings: number;
};

export type IndicatorView = Omit<Indicator, 'campaign'> & {
  /** Short and stable; `/api/indicators/<id>`. */
  readonly id: string;
  readonly campaign?: CampaignName;
};

export type CampaignView = Omit<Campaign, 'sessions' | 'sources'> & {
  readonly sessions: number;
  readonly sources: number;
  readonly indicators: number;
};

/** A finding whose advice is one step a line. */
export type FindingView = Omit<Finding, 'advice'> & { readonly advice: readonly string[] };

/** A rule as its findings tell it. */
export interface RuleView {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly attack: readonly Technique[];
  readonly why: string;
  readonly advice: readonly string[];
  readonly findings: number;
  readonly sources: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

export interface ListAnswer<T> {
  /** How many there are under the filter. */
  readonly total: number;
  /** How many more there are that are noise and not shown; absent where a list has none. */
  readonly noise?: number;
  readonly offset: number;
  readonly items: readonly T[];
}

/** Counts over time; a bucket without anything is left out. */
export interface TimelineAnswer {
  readonly since: number;
  readonly until: number;
  /** Length of a bucket, milliseconds. */
  readonly step: number;
  /** False when only the sessions that are remembered could be counted. */
  readonly whole: boolean;
  readonly buckets: readonly {
    readonly at: number;
    readonly events?: number;
    readonly sessions: number;
    readonly sources: number;
  }[];
}

export interface TopAnswer {
  readonly items: readonly { readonly name: string; readonly events: number; readonly sources: number }[];
}

export interface SessionAnswer {
  readonly session: SessionView;
  readonly findings: readonly FindingView[];
}

export interface SessionEventsAnswer {
  readonly offset: number;
  readonly events: readonly EventView[];
  /** True when the journal holds more of this session behind these. */
  readonly more: boolean;
  /** Lines of the journal that could not be read on the way. */
  readonly damaged: number;
}

/** One request, reply or remark of a recording; `text` is what redis-cli would show, line by line. */
export interface RecordingLine {
  /** Milliseconds since the session opened. */
  readonly ms: number;
  readonly from: 'visitor' | 'sensor' | 'note';
  readonly text: readonly string[];
  readonly bytes: number;
}

/** A page of what both sides of a session sent. */
export interface RecordingAnswer {
  /** Undefined when the bytes of this session were not kept, or not kept until now. */
  readonly recording?: {
    readonly ms: number;
    /** Bytes that are kept of each side, and of both that are not. */
    readonly visitor: number;
    readonly sensor: number;
    readonly lost: number;
    readonly begun: boolean;
    readonly ended: boolean;
  };
  readonly offset: number;
  readonly lines: readonly RecordingLine[];
  /** True when the next page begins behind these. */
  readonly more: boolean;
  /** True when there is more than the dashboard shows of one recording. */
  readonly cut: boolean;
}

export interface IndicatorAnswer {
  readonly indicator: IndicatorView;
  readonly sessions: readonly SessionView[];
}

/** One headline figure: the last 24 hours, the 24 before, and one count an hour, oldest first. */
export interface Figure {
  readonly count: number;
  readonly before: number;
  readonly hours: readonly number[];
}

export interface SensorView {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly lastEvent?: number;
}

export interface Totals {
  readonly events: number;
  readonly sessions: number;
  readonly sources: number;
  readonly findings: number;
  readonly indicators: number;
}

export interface JournalView {
  readonly folder: string;
  readonly events: number;
  readonly bytes: number;
  readonly segments: number;
  readonly waiting: number;
  readonly trouble?: string;
}

/** What changes all the time; also the heartbeat of the stream. */
export interface StatusView {
  readonly now: number;
  readonly totals: Totals;
  readonly journal: JournalView;
}

export interface OverviewAnswer extends StatusView {
  readonly version: string;
  /** Start of the first of the 24 hours of `figures`. */
  readonly since: number;
  readonly figures: {
    readonly sources: Figure;
    readonly sessions: Figure;
    readonly attacks: Figure;
    readonly findings: Figure;
  };
  /** Sources of the day by country, and those of them that attacked; the most first. */
  readonly countries: readonly (PlaceShare & { readonly attackers: number })[];
  /** What countries and networks are told by. */
  readonly placeSources: readonly PlaceSource[];
  /** Sessions of the day that are noise. */
  readonly noise: number;
  /** The analytical store answers. */
  readonly store: boolean;
  readonly severities: Readonly<Record<Severity, number>>;
  readonly study: SensorStudy;
  readonly sensors: readonly SensorView[];
  readonly campaigns: readonly CampaignView[];
  readonly latestFindings: readonly FindingView[];
  readonly latestEvents: readonly EventView[];
}

/** Messages of `/api/stream` by their server-sent event name. */
export interface StreamMessages {
  readonly hello: StatusView & { readonly version: string };
  readonly status: StatusView;
  /** `skipped`: how many more happened in the same moment. */
  readonly events: { readonly items: readonly EventView[]; readonly skipped: number };
  readonly findings: { readonly items: readonly FindingView[]; readonly skipped: number };
  /** The page was too slow and missed something: it has to fetch again. */
  readonly lagged: Record<string, never>;
}

export interface GraphAnswer {
  readonly networks: CampaignGraph['networks'];
  readonly indicators: readonly {
    readonly id: string;
    readonly kind: Indicator['kind'];
    readonly label: string;
    readonly sources: number;
  }[];
  readonly edges: CampaignGraph['edges'];
  readonly left: CampaignGraph['left'];
}

export interface CaptureItem extends Omit<CaptureRecord, 'sightings'> {
  /** The newest first. */
  readonly sightings: readonly {
    readonly time: number;
    readonly session: string;
    readonly master: string;
    readonly path: string;
  }[];
}
export type CaptureAnswer = ListAnswer<CaptureItem>;

/** One of the operator's servers as its newest audit found it. */
export interface ServerView {
  readonly target: string;
  readonly rung: Rung;
  /** The rung of the audit before, when it was another. */
  readonly before?: Rung;
  readonly outcome: Outcome;
  readonly time: number;
  readonly audits: number;
  readonly software?: string;
  readonly keys?: number;
  readonly message?: string;
  readonly axes: AuditReport['axes'];
  readonly findings: number;
  /** Findings that are high or critical. */
  readonly severe: number;
}

export interface ServerAnswer {
  readonly server: ServerView;
  readonly findings: readonly FindingView[];
  /** The newest first. */
  readonly history: readonly {
    readonly time: number;
    readonly rung: Rung;
    readonly outcome: Outcome;
    readonly findings: number;
  }[];
}

/** An address that was at several doors. */
export interface DoorItem {
  readonly address: string;
  /** The name of a known worm that works so; null for all others. */
  readonly worksLike: string | null;
  readonly doors: readonly {
    readonly protocol: 'redis' | 'http' | 'smb';
    readonly visits: number;
    readonly first: number;
    readonly last: number;
    readonly commands: number;
    readonly attacks: number;
    readonly rules: readonly string[];
  }[];
}
export type DoorAnswer = ListAnswer<DoorItem>;

/** A span of time, and the one of the same length before it. */
export interface StudyAnswer {
  readonly study: SensorStudy;
  readonly before: SensorStudy;
}

export interface ErrorAnswer {
  readonly error: string;
  readonly remedy?: string;
}
