import { createHash } from 'node:crypto';
import type { JudgedReport } from '../analysis/judged-report.ts';
import { printableText } from '../model/printable.ts';
import { severityRank } from '../model/severity.ts';
import { htmlDetails } from './html-details.ts';
import { HTML_SCRIPT } from './html-script.ts';
import { HTML_STYLE } from './html-style.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';
import { safeJson } from './safe-json.ts';
import { timeText } from './times.ts';
import { AXES_BY_URGENCY, RUNG_WORDS } from './verdict-words.ts';
import { createWorstFirst, weightOf } from './worst-first.ts';

const MOST_DETAILS = 2_000;
const MOST_ROWS = 100_000;

/** Target, version, verdict, five answers, worst severity, its title, weight; the number of the details comes last. */
type Row = readonly [string, string, string, string, string, string, number];

/** One page that needs nothing else: no request leaves it, no script but its own runs. */
export function auditHtml({ version, started }: Pick<FormatContext, 'version' | 'started'>): ReportFormat {
  const rows = createWorstFirst<Row>(MOST_ROWS);
  const details = createWorstFirst<{ readonly target: string; readonly html: string }>(MOST_DETAILS);
  const yes = new Map<string, number>();
  let servers = 0;
  let audited = 0;
  return {
    begin: () => '',
    add: (report) => {
      const weight = weightOf(report);
      servers++;
      if (report.outcome === 'audited') audited++;
      for (const axis of AXES_BY_URGENCY)
        if (report.axes[axis].answer === 'yes') yes.set(axis, (yes.get(axis) ?? 0) + 1);
      rows.offer(weight, () => rowOf(report, weight));
      details.offer(weight, () => ({ target: printableText(report.target), html: htmlDetails(report) }));
      return '';
    },
    end: () => {
      const tiles = [
        tile('servers', servers, false),
        tile('audited', audited, false),
        ...AXES_BY_URGENCY.map((axis) => tile(axis, yes.get(axis) ?? 0, (yes.get(axis) ?? 0) > 0)),
      ];
      const shown = details.list();
      const places = new Map(shown.map(({ target }, at) => [target, at]));
      const data = rows.list().map((row) => [...row, places.get(row[0]) ?? -1]);
      const left = servers - shown.length;
      return page({
        tiles: tiles.join(''),
        data: safeJson(data).replaceAll('<', '\\u003c'),
        details: shown.map(({ html }, at) => `<div id="server-${at}">${html}</div>`).join('\n'),
        left:
          left > 0
            ? `<p>The details of the ${shown.length} worst are here; ${left} others are in the table only (NDJSON and CSV have all).</p>`
            : '',
        about: `Sundew ${printableText(version, 40).replaceAll('<', '')}, ${timeText(started)}`,
      });
    },
  };
}

const ANSWER_LETTER = { yes: 'y', no: 'n', 'not-visible': 'v' } as const;

function rowOf(
  { target, server, rung, outcome, message = '', axes, findings }: JudgedReport,
  weight: number,
): Row {
  const [worst] = findings
    .filter(({ accepted }) => accepted === undefined)
    .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  return [
    printableText(target),
    server === undefined ? '' : printableText(`${server.engine} ${server.version}`, 40),
    outcome === 'audited' || outcome === 'partial' ? RUNG_WORDS[rung].word : outcome,
    AXES_BY_URGENCY.map((axis) => ANSWER_LETTER[axes[axis].answer]).join(''),
    worst?.severity ?? '',
    // The details have the rest of what was said.
    printableText(worst?.title ?? saidOf(message, target), 200),
    weight,
  ];
}

function saidOf(message: string, target: string): string {
  const said = message.startsWith(`${target} `) ? message.slice(target.length + 1) : message;
  return said.slice(0, 1_000).split('. ', 1)[0] ?? '';
}

function tile(name: string, count: number, bad: boolean): string {
  return `<div class="tile${bad ? ' bad' : ''}"><b>${count}</b>${name}</div>`;
}

const HEADS = ['server', 'version', 'verdict'];

function page(parts: { tiles: string; data: string; details: string; left: string; about: string }): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; script-src ${hash(HTML_SCRIPT)}; style-src ${hash(HTML_STYLE)}; base-uri 'none'; form-action 'none'`;
  const heads = [
    ...HEADS.map((name, at) => `<th data-sort="${at + 1}"><button type="button">${name}</button></th>`),
    ...AXES_BY_URGENCY.map((axis) => `<th>${axis}</th>`),
    '<th data-sort="0"><button type="button">worst</button></th><th>finding</th>',
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>Sundew audit</title><style>${HTML_STYLE}</style></head><body><main>
<h1>Audit of Redis servers</h1><small>${parts.about}</small>
<div class="tiles">${parts.tiles}</div>
<h2>Servers</h2>
<div class="controls"><input id="find" type="search" placeholder="find a server, version or finding" aria-label="find">
<select id="only" aria-label="only servers that are"><option value="">all</option>${AXES_BY_URGENCY.map((axis, at) => `<option value="${at}">only ${axis}</option>`).join('')}</select><small id="count"></small></div>
<div class="scroll"><table class="list"><thead><tr>${heads.join('')}</tr></thead><tbody id="rows"></tbody></table></div>
<noscript><p>The table needs the script of this page; the details below do not.</p></noscript>
<p><button id="more" type="button" hidden>show more</button></p>
<h2>Details</h2>${parts.left}
${parts.details}
</main><script type="application/json" id="data">${parts.data}</script>
<script>${HTML_SCRIPT}</script></body></html>
`;
}
