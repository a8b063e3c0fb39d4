import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';
import { severityRank } from '../model/severity.ts';
import { isUrgent, stepsOf } from './audit-steps.ts';
import { escaped } from './escaped.ts';
import { footprintText } from './footprint-text.ts';
import type { AdviceStep } from './split-advice.ts';
import { splitAdvice } from './split-advice.ts';
import { AXES_BY_URGENCY, meaningOf, RUNG_WORDS } from './verdict-words.ts';

const MOST_FINDINGS = 60;
const MOST_EVIDENCE = 10;

/** One server, as a part of the page that opens. All of it is text: nothing from a server becomes markup. */
export function htmlDetails(report: JudgedReport): string {
  const { target, rung, axes, findings, server, outcome, message, notTested, campaigns } = report;
  const steps = stepsOf(report).slice(0, 20);
  const worst = findings.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  const about =
    server === undefined ? outcome : `${server.engine} ${server.version}, ${server.keys} keys, ${server.os}`;
  return [
    `<details class="server"><summary><b>${escaped(target)}</b> <span class="rung ${rung}">${RUNG_WORDS[rung].word}</span> <small>${escaped(about)}</small></summary>`,
    `<p>${escaped(sentence(meaningOf(report)))}</p>`,
    message === undefined ? '' : `<p>${escaped(outcome)}: ${escaped(message)}</p>`,
    `<table class="answers">${AXES_BY_URGENCY.map((axis) => `<tr><th>${axis}</th><td class="${axes[axis].answer}">${axes[axis].answer}</td><td>${escaped(axes[axis].because)}</td></tr>`).join('')}</table>`,
    ...campaigns.map(({ title, because }) => `<p><b>Campaign ${escaped(title)}</b>: ${escaped(because)}</p>`),
    steps.length === 0 ? '' : '<h4>Do this now, in this order</h4>',
    steps.length === 0 ? '' : stepList(steps),
    ...worst.slice(0, MOST_FINDINGS).map(findingPart),
    worst.length > MOST_FINDINGS ? `<p>and ${worst.length - MOST_FINDINGS} more findings</p>` : '',
    notTested.length === 0
      ? ''
      : `<h4>Not tested</h4><ul>${notTested
          .slice(0, 40)
          .map((text) => `<li>${escaped(text, 600)}</li>`)
          .join('')}</ul>`,
    `<p><small>${escaped(footprintText(report))}</small></p></details>`,
  ].join('');
}

function stepList(steps: readonly AdviceStep[]): string {
  return `<ol>${steps.map(({ text, lines }) => `<li>${escaped(text)}${lines.map(copied).join('')}</li>`).join('')}</ol>`;
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

function copied(line: string): string {
  return `<div class="copy"><code>${escaped(line)}</code><button type="button">copy</button></div>`;
}

function findingPart(finding: JudgedFinding): string {
  const { severity, title, rule, why, evidence, attack, accepted, baseline, advice } = finding;
  const marks = [
    baseline === undefined ? '' : ` <span class="mark">${baseline}</span>`,
    accepted === undefined
      ? ''
      : `<p class="accepted">Accepted until ${escaped(accepted.expires)} by ${escaped(accepted.by)}: ${escaped(accepted.reason)}</p>`,
  ];
  const places = evidence
    .slice(0, MOST_EVIDENCE)
    .map(
      ({ event, field, excerpt }) =>
        `<li><code>${escaped(event)}</code> ${escaped(field)}: <code>${escaped(excerpt)}</code></li>`,
    );
  // What is urgent stands in the list of steps above.
  const what = isUrgent(finding)
    ? ''
    : `<details><summary>what to do</summary>${stepList(splitAdvice(advice))}</details>`;
  return `<section class="finding"><h4><span class="severity ${severity}">${severity}</span> ${escaped(title)}${marks[0] ?? ''}</h4>${marks[1] ?? ''}<p>${escaped(why)}</p><ul>${places.join('')}</ul>${what}<small>${escaped(rule)} ${escaped(attack.join(' '))}</small></section>`;
}
