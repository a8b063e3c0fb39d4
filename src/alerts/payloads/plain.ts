import type { Finding } from '../../model/finding.ts';
import { printableText } from '../../model/printable.ts';
import type { Message } from '../message.ts';

/** For programs: docs/alerts.md lists the fields. Addresses are as they are; `title` and `text` are for people. */
export function plainPayload({ id, time, severity, title, lines, alert }: Message): unknown {
  const { rule, kind, group, since, gathered } = alert;
  return {
    version: 1,
    id,
    time: iso(time),
    kind,
    rule,
    severity,
    title,
    text: lines.join('\n'),
    ...(group === undefined ? {} : { group: { by: group.by, value: printableText(group.value, 200) } }),
    ...(since === undefined ? {} : { since: iso(since) }),
    count: gathered.count,
    sourceCount: gathered.sources.size,
    sources: texts(gathered.sources),
    sensors: texts(gathered.sensors),
    campaigns: texts(gathered.campaigns),
    rules: [...gathered.rules].map(([name, one]) => ({
      id: name,
      title: one.title,
      severity: one.severity,
      count: one.count,
    })),
    first: iso(gathered.first),
    last: iso(gathered.last),
    findings: gathered.samples.map(findingOf),
  };
}

const MOST_SOURCES_LISTED = 100;

function findingOf(finding: Finding): unknown {
  const { id, rule, title, severity, stage, axis, attack, time, sensor, session, peer, evidence } = finding;
  return {
    id: printableText(id, 300),
    rule,
    title: printableText(title, 200),
    severity,
    stage,
    axis,
    attack,
    time: iso(time),
    sensor: printableText(sensor, 200),
    session: printableText(session, 200),
    source: { address: printableText(peer.address, 100), port: peer.port },
    evidence: evidence.slice(0, 5).map(({ event, field, excerpt }) => ({
      event: printableText(event, 200),
      field: printableText(field, 100),
      excerpt: printableText(excerpt, 400),
    })),
  };
}

function texts(values: Iterable<string>): string[] {
  return [...values].slice(0, MOST_SOURCES_LISTED).map((text) => printableText(text, 200));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
