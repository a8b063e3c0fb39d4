import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';
import { severityRank } from '../model/severity.ts';
import { splitAdvice } from './split-advice.ts';

/** One thing to do; `lines` are what to type or to write, as they are. */
export interface Step {
  readonly text: string;
  readonly lines: readonly string[];
  /** Fingerprints of the findings it answers. */
  readonly findings: readonly string[];
}

/** Order matters: a host that is cleaned before its evidence is kept tells nobody how they came in. */
const PHASES: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['isolate', /^(isolate|cut (its|the) network|disconnect)/i],
  ['evidence', /^(keep (the |a )?(evidence|copy)|copy |snapshot|preserve)/i],
  ['look', /^(look|read|search|check|compare|find out|stop the cause)/i],
  ['rotate', /^(rotate|revoke|change every|treat it as known)|make a new one/i],
  ['rebuild', /^(rebuild|reinstall|restore)/i],
  // First, for with a password protected mode turns nobody away; the lines after it have to give it.
  ['login', /^(close it|a new password for|one user (more|less))/i],
  ['fix now', /^at once/i],
];
/** What lasts: settings, users, limits. */
const FIX = PHASES.length;

/** What every server that was broken into needs, whatever its findings say. */
const AFTER_AN_ATTACK: readonly string[] = [
  'Isolate the host: cut its network, do not switch it off.',
  'Keep the evidence before anything is cleaned: a copy of the memory, the dump file and the crontabs.',
  'Rotate every secret it held or could reach.',
  'Rebuild the host from a clean image; do not clean it.',
];

/** Whether the list of steps has its advice; what weighs less is advised where it stands. */
export function isUrgent({ accepted, severity }: JudgedFinding): boolean {
  return accepted === undefined && severityRank(severity) >= severityRank('medium');
}

/** All advice as one list without repetition, in the order in which it is to be done. */
export function stepsOf({ findings, axes }: JudgedReport): Step[] {
  const infected = axes.infected.answer === 'yes';
  const found = new Map<string, Gathered>();
  const add = (text: string, lines: readonly string[], by: string | undefined): void => {
    const phase = phaseOf(text);
    // One way to isolate or to rebuild is enough. Lines for the same place (redis.conf) stand together.
    const enough = infected && ONCE.has(PHASES[phase]?.[0] ?? '');
    const key = enough ? `phase ${phase}` : text.toLowerCase();
    const step = found.get(key) ?? { phase, text, lines: new Set<string>(), by: new Set<string>() };
    // The first words are of the worst finding; lines to type need words that announce them.
    if (enough && step.lines.size === 0 && lines.length > 0 && !step.text.endsWith(':'))
      step.text = `${step.text.replace(/\.$/, '')}. At least:`;
    for (const line of lines) step.lines.add(line);
    if (by !== undefined) step.by.add(by);
    found.set(key, step);
  };
  for (const finding of findings.filter(isUrgent).toSorted(byUrgency)) {
    for (const { text, lines } of splitAdvice(finding.advice)) add(text, lines, finding.fingerprint);
  }
  if (infected) for (const text of AFTER_AN_ATTACK) add(text, [], undefined);
  const asking = withLogin();
  return [...found.values()]
    .toSorted((a, b) => a.phase - b.phase)
    .map(({ text, lines, by }) => ({ text, lines: [...new Set([...lines].map(asking))], findings: [...by] }));
}

/** Once a step has set a password, the lines below have to give it; once default lost its rights, as the administrator. */
function withLogin(): (line: string) => string {
  let login = '';
  return (line) => {
    const told = /^(redis|valkey)-cli /.test(line) && !line.includes(' --user ');
    const bare = told ? line.replace(' --askpass ', ' ') : line;
    const now = told && login !== '' ? bare.replace(/ (?=[A-Z]|--rdb )/, ` ${login} `) : line;
    if (/SETUSER default -@admin/.test(line)) login = '--user admin --askpass';
    else if (login === '' && /SETUSER default resetpass|CONFIG SET requirepass/.test(line))
      login = '--askpass';
    return now;
  };
}

interface Gathered {
  readonly phase: number;
  text: string;
  readonly lines: Set<string>;
  readonly by: Set<string>;
}

const ONCE: ReadonlySet<string> = new Set(['isolate', 'evidence', 'rotate', 'rebuild']);

function byUrgency(a: JudgedFinding, b: JudgedFinding): number {
  return severityRank(b.severity) - severityRank(a.severity);
}

function phaseOf(text: string): number {
  const at = PHASES.findIndex(([, pattern]) => pattern.test(text.slice(0, 256)));
  return at < 0 ? FIX : at;
}
