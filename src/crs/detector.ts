import type { ActOf } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { printable } from '../model/printable.ts';
import { meaningOf, severityOf } from './classes.ts';
import type { Hit } from './evaluate/run.ts';
import type { Crs } from './load.ts';
import type { CrsRequest } from './request/request.ts';

/** One rule that held on a request, fit to be shown. */
export interface CrsDetection {
  readonly rule: number;
  /** `attack-sqli` */
  readonly class: string;
  readonly paranoia: number;
  readonly message: string;
  /** `ARGS:id`, printable. */
  readonly variable: string;
  /** Printable, at most 200 characters. */
  readonly excerpt: string;
  readonly severity: string;
}

export interface CrsVerdict {
  /** Every rule that held, whatever its paranoia level. */
  readonly detections: readonly CrsDetection[];
  /** For rules of level 1 that had not held in this session before. */
  readonly findings: readonly Finding[];
}

/** A rule set over a stream of events, as the detector is over Sundew's own rules. */
export interface CrsDetector {
  observe(event: Event): CrsVerdict;
}

/** Sessions watched at a time; the one that was met first is forgotten first. */
const MOST_SESSIONS = 20_000;
const NOTHING: CrsVerdict = { detections: [], findings: [] };
/** From the second level on rules hold on much that is harmless: evidence, and no verdict. */
const VERDICT_LEVEL = 1;

export function createCrsDetector(crs: Crs): CrsDetector {
  const sessions = new Map<string, Set<number>>();
  const foundIn = (session: string): Set<number> => {
    const known = sessions.get(session);
    if (known !== undefined) return known;
    const fresh = new Set<number>();
    sessions.set(session, fresh);
    if (sessions.size > MOST_SESSIONS) {
      for (const oldest of sessions.keys()) {
        sessions.delete(oldest);
        break;
      }
    }
    return fresh;
  };
  return {
    observe: (event) => {
      const { act } = event;
      if (act.type === 'session.closed') sessions.delete(event.session);
      if (act.type !== 'http.request') return NOTHING;
      const hits = crs
        .judge(requestOf(event, act))
        .filter(({ about }) => isVisible(about.missesHeaders, act));
      if (hits.length === 0) return NOTHING;
      const found = foundIn(event.session);
      const findings: Finding[] = [];
      for (const hit of hits) {
        if (hit.about.paranoia > VERDICT_LEVEL || found.has(hit.about.id)) continue;
        found.add(hit.about.id);
        findings.push(findingOf(hit, event));
      }
      return { detections: hits.map(detectionOf), findings };
    },
  };
}

/** A log line that shows no headers does not show that one is missing. */
function isVisible(missesHeaders: boolean, { lacks }: ActOf<'http.request'>): boolean {
  return !missesHeaders || lacks?.includes('headers') !== true;
}

function requestOf({ id, peer }: Event, act: ActOf<'http.request'>): CrsRequest {
  const { method, target, version, headers, body } = act;
  return { method, target, version, headers, body, remote: peer, id };
}

function detectionOf({ about, variable, value }: Hit): CrsDetection {
  const { id, paranoia, message, severity } = about;
  return {
    rule: id,
    class: about.class,
    paranoia,
    message,
    variable: printable(variable, 100),
    excerpt: printable(value),
    severity,
  };
}

function findingOf(hit: Hit, event: Event): Finding {
  const { rule, message, variable, excerpt, severity, class: attackClass } = detectionOf(hit);
  const { stage, attack } = meaningOf(attackClass);
  return {
    id: `crs-${rule}@${event.session}`,
    rule: `crs-${rule}`,
    title: message === '' ? `Rule ${rule} of the Core Rule Set` : message,
    axis: 'exposed',
    severity: severityOf(severity),
    stage,
    attack: [...attack],
    why: `Rule ${rule} of the OWASP Core Rule Set (${attackClass}, paranoia level ${hit.about.paranoia}) holds on ${variable}.`,
    advice:
      'Look at the request; where such requests reach a real server, see that what it asks for is not there.',
    time: event.time,
    vantage: event.vantage,
    sensor: event.sensor,
    session: event.session,
    peer: event.peer,
    evidence: [{ event: event.id, field: variable, excerpt }],
  };
}
