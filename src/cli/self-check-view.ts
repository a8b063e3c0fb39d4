import { printable, printableText } from '../model/printable.ts';
import type { ListView } from '../outputs/column.ts';
import type { Style } from '../outputs/style.ts';
import type { Check } from '../selfcheck/check.ts';
import type { PairCheck } from '../selfcheck/compare-servers.ts';
import type { FoundTell, SelfCheckReport } from '../selfcheck/self-check.ts';

/** A tell with the server, or the two servers, that it was seen at. */
export type TellRow = FoundTell & { readonly target: string };

/** What `--list` shows. */
export type CheckRow = Pick<Check, 'id' | 'title' | 'weight' | 'why' | 'source'> & { readonly when: string };

export const tellView: ListView<TellRow> = {
  columns: [
    { name: 'target', title: 'TARGET', cell: ({ target }) => printableText(target) },
    { name: 'id', title: 'ID', cell: ({ id }) => id },
    { name: 'weight', title: 'WEIGHT', cell: ({ weight }) => weight },
    { name: 'title', title: 'CHECK', cell: ({ title }) => title },
    { name: 'saw', title: 'SAW', cell: ({ saw }) => saw },
    { name: 'expected', title: 'EXPECTED', cell: ({ expected }) => expected },
    { name: 'why', title: 'WHY', cell: ({ why }) => why, csvOnly: true },
    { name: 'source', title: 'SOURCE', cell: ({ source }) => source, csvOnly: true },
  ],
};

export const checkView: ListView<CheckRow> = {
  columns: [
    { name: 'id', title: 'ID', cell: ({ id }) => id },
    { name: 'weight', title: 'WEIGHT', cell: ({ weight }) => weight },
    { name: 'when', title: 'RUNS', cell: ({ when }) => when },
    { name: 'title', title: 'CHECK', cell: ({ title }) => title },
    { name: 'source', title: 'SOURCE', cell: ({ source }) => source },
    { name: 'why', title: 'WHY', cell: ({ why }) => why, csvOnly: true },
  ],
};

export function checkRow(check: Check): CheckRow {
  const { id, title, weight, why, source, intrusive, locked } = check;
  const when =
    intrusive === true ? '--intrusive' : locked === 'only' ? 'locked' : locked === 'also' ? 'always' : 'open';
  return { id, title, weight, why, source, when };
}

export function pairRow({ id, title, weight, why, source }: PairCheck): CheckRow {
  return { id, title, weight, why, source, when: 'two servers' };
}

/** One server, for people: what gives it away, the worst first. */
export function selfCheckText(
  target: string,
  { server, ran, notRun, tells }: SelfCheckReport,
  style: Style,
): string {
  const name =
    server.version === ''
      ? server.locked
        ? 'wants a password'
        : 'tells no version'
      : `${server.engine} ${printable(server.version, 40)}`;
  const head = `${style('bold', printableText(target))}  ${name}, ${ran.length} checks: ${summary(tells)}`;
  const reasons = Map.groupBy(notRun, ({ why }) => why);
  const left = [...reasons].map(([why, those]) =>
    style(
      'dim',
      `  not run, ${why}: ${those.length > 6 ? those.length : those.map(({ id }) => id).join(', ')}`,
    ),
  );
  return `${[head, ...tellLines(tells, style), ...left].join('\n')}\n`;
}

/** What two servers share. */
export function pairText(target: string, tells: readonly FoundTell[], style: Style): string {
  return `${[`${style('bold', printableText(target))}  together: ${summary(tells)}`, ...tellLines(tells, style)].join('\n')}\n`;
}

function summary(tells: readonly FoundTell[]): string {
  if (tells.length === 0) return 'nothing gives it away';
  const definite = tells.filter(({ weight }) => weight === 'definite').length;
  return `${definite} definite, ${tells.length - definite} weak`;
}

function tellLines(tells: readonly FoundTell[], style: Style): string[] {
  const group = (weight: FoundTell['weight'], title: string): string[] => {
    const those = tells.filter((tell) => tell.weight === weight);
    return those.length === 0
      ? []
      : ['', style(weight === 'definite' ? 'red' : 'yellow', title), ...those.flatMap(oneTell)];
  };
  const lines = [
    ...group('definite', 'DEFINITE: no real server does this'),
    ...group('weak', 'WEAK: makes people look closer'),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

function oneTell({ id, title, saw, expected, why, source }: FoundTell): string[] {
  return [
    `  ${id}: ${title}`,
    `    saw       ${saw}`,
    `    expected  ${expected}`,
    `    why       ${why} (${source})`,
  ];
}
