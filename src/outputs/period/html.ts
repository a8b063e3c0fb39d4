import { createHash } from 'node:crypto';
import type { PeriodCampaign, PeriodReport } from '../../analysis/period-report.ts';
import type { PlaceShare } from '../../model/campaign.ts';
import type { WebStudy } from '../../model/study.ts';
import { escaped } from '../escaped.ts';
import { HTML_STYLE } from '../html-style.ts';
import { timeText } from '../times.ts';
import type { WorldShapes } from '../world-map.ts';
import { worldMapSvg } from '../world-map.ts';
import { changeText, lengthText, percent } from './change.ts';
import { indicatorText } from './indicator-text.ts';
import { mergeLines } from './merge-lines.ts';
import { HEADS, WEB_TITLES, webRows, webSummary } from './web-sections.ts';

const STYLE = `${HTML_STYLE}
.map{width:100%;height:auto}.land{fill:var(--card);stroke:var(--line)}.hit{fill:color-mix(in srgb,var(--bad) 22%,var(--card))}
.map circle{fill:color-mix(in srgb,var(--bad) 45%,transparent);stroke:var(--bad)}
.time{width:100%;height:110px}.time .all{fill:var(--line)}.time .attacks{fill:var(--bad)}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1rem}
.bar{display:block;height:6px;background:var(--bad);border-radius:3px;min-width:2px}
td.number{text-align:right;white-space:nowrap}td.wide{width:40%}
@media (max-width:600px){.halves{grid-template-columns:minmax(0,1fr)}}
`;

/** One page that needs nothing else and runs no script: what a team would publish. */
export function periodHtml(report: PeriodReport, version: string, shapes: WorldShapes): string {
  const { study, before, since, until, countries, networks } = report;
  const noise = report.noise.reduce((sum, { sessions }) => sum + sessions, 0);
  const attackers = countries.reduce((sum, { sources }) => sum + sources, 0);
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>Attacks on our sensors</title><style>${STYLE}</style></head><body><main>
<h1>Attacks on our sensors</h1><small>${timeText(since)} to ${timeText(until)}, the last ${lengthText(until - since)} beside the same time before; made by Sundew ${escaped(version, 40)}</small>
<div class="tiles">${[
    tile('sources', study.sources, before.sources),
    tile('sessions', study.sessions, before.sessions),
    tile('attacks', study.attacks, before.attacks),
    tile('attacking sources', study.attackers, before.attackers),
  ].join(
    '',
  )}<div class="tile"><b>${percent(noise, study.sessions)}</b>of sessions are noise<br><small>${report.noise.map(({ kind, sessions }) => `${kind} ${sessions}`).join(', ') || 'none'}</small></div></div>
<h2>Over time</h2>${timeline(report)}
<h2>Campaigns</h2>${campaigns(report)}
<h2>Where attackers seem to be</h2>
${worldMapSvg(shapes, countries)}
<small>A hint, not a fact; by ${report.placeSources.map((one) => escaped(`${one.name} (${one.tells}, ${one.date}, ${one.licence})`)).join('; ') || 'nothing'}.</small>
<div class="halves">${shareTable('country', countries.slice(0, 20), attackers)}${shareTable('network', networks, attackers)}</div>
<h2>Techniques</h2>${techniques(report)}
${web(WEB_TITLES.sensors, report.study.web)}${web(WEB_TITLES.logs, report.study.webLogs)}
<h2>New indicators</h2>${indicators(report)}
</main></body></html>
`;
}

function tile(name: string, count: number, before: number): string {
  return `<div class="tile"><b>${count}</b>${name}<br><small>${changeText(count, before)}</small></div>`;
}

function timeline({ timeline: parts, since, until }: PeriodReport): string {
  const most = Math.max(1, ...parts.map(({ sessions }) => sessions));
  const bars = parts.map(({ at, sessions, attacks }, index) => {
    const [all, hot] = [(sessions / most) * 100, (attacks / most) * 100];
    return `<g><title>${timeText(at)}: ${sessions} sessions, ${attacks} attacks</title><rect class="all" x="${index * 10 + 1}" y="${100 - all}" width="8" height="${all}"/><rect class="attacks" x="${index * 10 + 1}" y="${100 - hot}" width="8" height="${hot}"/></g>`;
  });
  return `<svg class="time" viewBox="0 0 ${parts.length * 10} 100" preserveAspectRatio="none" role="img" aria-label="Sessions and attacks from ${timeText(since)} to ${timeText(until)}; most sessions in one bar: ${most}">${bars.join('')}</svg><small>sessions, and attacks in red; the highest bar is ${most} sessions</small>`;
}

function campaigns(report: PeriodReport): string {
  const { campaigns: all, gone } = report;
  const merges = mergeLines(report)
    .map((line) => `<li>${escaped(line, 500)}</li>`)
    .join('');
  const rows = all.map((one) => row(campaignCells(one)));
  const left =
    gone.length === 0
      ? ''
      : `<p>Not seen any more: ${gone.map(({ title }) => escaped(title, 200)).join(', ')}.</p>`;
  const changed = merges === '' ? left : `${left}<h3>Merges and splits</h3><ul>${merges}</ul>`;
  return rows.length === 0
    ? `<p>None.</p>${changed}`
    : `${table(['campaign', 'sources', 'sessions', 'change', 'countries', 'networks', 'why it is one', 'techniques'], rows)}${changed}`;
}

function campaignCells(one: PeriodCampaign): string[] {
  const shares = (all: readonly PlaceShare[], most: number): string =>
    all
      .slice(0, most)
      .map(({ name, sources }) => `${escaped(name, 60)} ${percent(sources, one.sources)}`)
      .join('<br>');
  return [
    escaped(one.title, 200),
    String(one.sources),
    String(one.sessions),
    changeText(one.sessions, one.before),
    shares(one.countries, 3),
    shares(one.networks, 3),
    one.reasons.map((reason) => escaped(reason, 200)).join('<br>'),
    one.techniques
      .slice(0, 12)
      .map((technique) => escaped(technique))
      .join(' '),
  ];
}

function shareTable(name: string, shares: readonly PlaceShare[], all: number): string {
  const most = Math.max(1, ...shares.map(({ sources }) => sources));
  const rows = shares.map(
    ({ name: of, sources }) =>
      `<tr><td>${escaped(of, 80)}</td><td class="number">${sources}</td><td class="number">${percent(sources, all)}</td><td class="wide"><svg width="100%" height="6" aria-hidden="true"><rect class="attacks" width="${((sources / most) * 100).toFixed(1)}%" height="6" fill="currentColor"/></svg></td></tr>`,
  );
  return table([name, 'sources', 'share', ''], rows);
}

function techniques({ study, newTechniques }: PeriodReport): string {
  const rows = study.techniques
    .slice(0, 30)
    .map(({ technique, attacks, sources }) =>
      row([
        `<a href="https://attack.mitre.org/techniques/${technique.replace('.', '/')}/" rel="noreferrer">${escaped(technique)}</a>`,
        String(attacks),
        String(sources),
        newTechniques.includes(technique) ? '<span class="mark">new</span>' : '',
      ]),
    );
  return rows.length === 0
    ? '<p>No attack in this time.</p>'
    : table(['ATT&amp;CK', 'attacks', 'sources', ''], rows);
}

function web(title: string, study: WebStudy | null): string {
  if (study === null) return '';
  const rows = webRows(study).map((cells) => row(cells.map((cell) => escaped(cell))));
  return `<h2>${title}</h2><p>${webSummary(study)}</p>${rows.length === 0 ? '' : table(HEADS, rows)}`;
}

function indicators({ indicators: all, moreIndicators }: PeriodReport): string {
  const rows = all.map((one) =>
    row([
      escaped(one.kind),
      `<code>${escaped(indicatorText(one), 400)}</code>`,
      one.confidence.toFixed(2),
      String(one.sightings),
      timeText(one.firstSeen),
    ]),
  );
  const more = moreIndicators === 0 ? '' : `<p>And ${moreIndicators} more: sundew indicators.</p>`;
  return rows.length === 0
    ? '<p>None.</p>'
    : `${table(['kind', 'value', 'confidence', 'sightings', 'first seen'], rows)}${more}`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td${/^-?[\d.]+$/.test(cell) ? ' class="number"' : ''}>${cell}</td>`).join('')}</tr>`;
}
