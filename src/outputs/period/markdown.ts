import type { PeriodReport } from '../../analysis/period-report.ts';
import { printableText } from '../../model/printable.ts';
import { timeText } from '../times.ts';
import { changeText, lengthText, percent } from './change.ts';
import { indicatorText } from './indicator-text.ts';
import { mergeLines } from './merge-lines.ts';
import { webSections } from './web-sections.ts';

/** The report as Markdown, for a wiki or a ticket. */
export function periodMarkdown(report: PeriodReport, version: string): string {
  const { study, before, since, until } = report;
  const attackers = report.countries.reduce((sum, { sources }) => sum + sources, 0);
  const merges = mergeLines(report);
  const noise = report.noise.reduce((sum, { sessions }) => sum + sessions, 0);
  return [
    `# Attacks on our sensors, ${timeText(since)} to ${timeText(until)}`,
    '',
    `The last ${lengthText(until - since)}, beside the same time before. Made by Sundew ${safe(version)}.`,
    '',
    table(
      ['', 'count', 'change'],
      [
        ['sources', String(study.sources), changeText(study.sources, before.sources)],
        ['sessions', String(study.sessions), changeText(study.sessions, before.sessions)],
        ['attacks', String(study.attacks), changeText(study.attacks, before.attacks)],
        ['attacking sources', String(study.attackers), changeText(study.attackers, before.attackers)],
        ['sessions that are noise', String(noise), percent(noise, study.sessions)],
      ],
    ),
    '## Campaigns',
    '',
    report.campaigns.length === 0
      ? 'None.\n'
      : table(
          ['campaign', 'sources', 'sessions', 'change', 'countries', 'because'],
          report.campaigns.map(({ title, sources, sessions, before: earlier, countries, reasons }) => [
            title,
            String(sources),
            String(sessions),
            changeText(sessions, earlier),
            countries
              .slice(0, 3)
              .map(({ name, sources: count }) => `${name} ${percent(count, sources)}`)
              .join(', '),
            reasons[0] ?? '',
          ]),
        ),
    ...(report.gone.length === 0
      ? []
      : [`Not seen any more: ${report.gone.map(({ title }) => safe(title)).join(', ')}.`, '']),
    ...(merges.length === 0 ? [] : [`Merges and splits: ${merges.map(safe).join('; ')}.`, '']),
    '## Where attackers seem to be',
    '',
    table(
      ['country', 'sources', 'share'],
      report.countries
        .slice(0, 20)
        .map(({ name, sources }) => [name, String(sources), percent(sources, attackers)]),
    ),
    `A hint, not a fact; by ${report.placeSources.map(({ name, date }) => `${safe(name)} (${safe(date)})`).join(', ') || 'nothing'}.`,
    '',
    '## Techniques',
    '',
    table(
      ['ATT&CK', 'attacks', 'sources', ''],
      study.techniques
        .slice(0, 30)
        .map(({ technique, attacks, sources }) => [
          technique,
          String(attacks),
          String(sources),
          report.newTechniques.includes(technique) ? 'new' : '',
        ]),
    ),
    ...webSections(report, table),
    '## New indicators',
    '',
    report.indicators.length === 0
      ? 'None.\n'
      : table(
          ['kind', 'value', 'confidence', 'sightings'],
          report.indicators.map((one) => [
            one.kind,
            indicatorText(one),
            one.confidence.toFixed(2),
            String(one.sightings),
          ]),
        ),
    ...(report.moreIndicators === 0 ? [] : [`And ${report.moreIndicators} more: sundew indicators.`, '']),
  ].join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;
  return `${[line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')}\n`;
}

/** No Markdown, HTML or line of an attacker's gets through: what could be markup stands as a character reference. */
function safe(text: string): string {
  return (
    printableText(text, 300)
      // Nobody is to be led there by a click.
      .replace(/\bhttp(s?:)/gi, 'hxxp$1')
      .replace(/[&<>|`*_[\]()#!\\~@:]/g, (char) =>
        char === ':' || char === '(' || char === ')' ? char : `&#${char.charCodeAt(0)};`,
      )
  );
}
