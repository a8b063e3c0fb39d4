import type { PeriodReport } from '../../analysis/period-report.ts';
import type { WebStudy } from '../../model/study.ts';
import { shareText } from '../study-text.ts';

/** A log tells less of a request than a sensor: never one table for both. */
export const WEB_TITLES = {
  sensors: 'Web attacks, as sensors saw them',
  logs: 'Web attacks in imported logs (no bodies, few headers)',
} as const;

type Table = (heads: string[], rows: string[][]) => string;

/** The table of web attacks in Markdown: what sensors saw and what logs told, apart. */
export function webSections({ study }: PeriodReport, table: Table): string[] {
  return [
    ...section(`## ${WEB_TITLES.sensors}`, study.web, table),
    ...section(`## ${WEB_TITLES.logs}`, study.webLogs, table),
  ];
}

function section(title: string, web: WebStudy | null, table: Table): string[] {
  if (web === null) return [];
  return [title, '', webSummary(web), '', ...(web.classes.length === 0 ? [] : [table(HEADS, webRows(web))])];
}

export const HEADS = ['class', 'requests', 'sources'];

export function webRows({ classes }: WebStudy): string[][] {
  return classes.map(({ title, requests, sources }) => [title, String(requests), String(sources)]);
}

export function webSummary({ requests, attacks, attackers, alsoRedis, scanners, miners }: WebStudy): string {
  return `${requests} requests, ${attacks} attacks by ${attackers} sources; ${scanners} sources scan, ${miners} mine. ${alsoRedis.count} of the attackers attacked Redis as well: ${shareText(alsoRedis)}.`;
}
