import type { SensorStudy, ServerStudy, Share, WebStudy } from '../model/study.ts';
import type { Style } from './style.ts';
import { timeText } from './times.ts';

/** The table of 2018 for a list of servers. */
export function serverStudyText(study: ServerStudy, style: Style): string {
  const rows: [string, number, Share | undefined][] = [
    ['servers asked', study.asked, undefined],
    ...(study.decoys === 0
      ? []
      : [['probably honeypots', study.decoys, undefined] satisfies [string, number, undefined]]),
    ['responded as Redis', study.responded, undefined],
    ['let us look at keys', study.looked, undefined],
    ['with malicious keys', study.maliciousKeys.count, study.maliciousKeys],
    ['with malicious values', study.maliciousValues.count, study.maliciousValues],
    ['infected (strong ground)', study.infected.count, study.infected],
    ...study.campaigns.map(({ title, servers }): [string, number, Share] => [
      `  by ${title}`,
      servers.count,
      servers,
    ]),
  ];
  const label = Math.max(...rows.map(([text]) => text.length));
  const lines = rows.map(([text, count, share]) => {
    const number = String(count).padStart(8);
    return `  ${text.padEnd(label)}${number}${share === undefined ? '' : `  ${shareText(share)}`}`;
  });
  const outcomes = Object.entries(study.outcomes)
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${count} ${outcome}`);
  return [
    style('bold', 'Servers'),
    ...lines,
    style('dim', '  shares are of the servers that responded, with 95 % Wilson intervals'),
    `  outcomes: ${outcomes.join(', ') || 'none'} (why: sundew audit, or study --out FILE)`,
    '',
  ].join('\n');
}

/** What the sensors met in the span. */
export function sensorStudyText(study: SensorStudy, style: Style): string {
  return [
    style('bold', `Sensors, ${timeText(study.since)} to ${timeText(study.until)}`),
    `  ${study.sources} sources, ${study.sessions} sessions, ${study.attacks} attacks by ${study.attackers} sources`,
    ...study.techniques.map(
      ({ technique, attacks, sources }) =>
        `  ${technique.padEnd(10)}${String(attacks).padStart(8)} attacks${String(sources).padStart(8)} sources`,
    ),
    ...study.rules.map(
      ({ title, attacks, sources }) =>
        `  ${String(attacks).padStart(6)} attacks${String(sources).padStart(6)} sources  ${title}`,
    ),
    '',
    ...(study.web === null ? [] : [webStudyText('Web attacks, as sensors saw them', study.web, style)]),
    ...(study.webLogs === null
      ? []
      : [webStudyText('Web attacks in imported logs (no bodies, few headers)', study.webLogs, style)]),
  ].join('\n');
}

function webStudyText(title: string, web: WebStudy, style: Style): string {
  const { requests, attacks, attackers, classes, alsoRedis, scanners, miners } = web;
  return [
    style('bold', title),
    `  ${requests} requests, ${attacks} attacks by ${attackers} sources; ${scanners} sources scan, ${miners} mine`,
    `  ${alsoRedis.count} of the ${attackers} attacked Redis as well: ${shareText(alsoRedis)}`,
    ...classes.map(
      (one) =>
        `  ${String(one.requests).padStart(8)} requests${String(one.sources).padStart(6)} sources  ${one.title}`,
    ),
    '',
  ].join('\n');
}

/** `75.0 % (74.7 to 75.3)`. */
export function shareText({ share, low, high }: Share): string {
  if (share === null || low === null || high === null) return '-';
  const percent = (part: number): string => (part * 100).toFixed(1);
  return `${percent(share)} % (${percent(low)} to ${percent(high)})`;
}
