export interface Score {
  readonly persona: string;
  readonly release: string;
  readonly probes: number;
  requests: number;
  readonly differing: {
    readonly probe: string;
    readonly step: string;
    readonly real: string;
    readonly sensor: string;
  }[];
}

/** The page docs/fidelity.md: how many requests of the probes each persona answers as its real server does. */
export function report(scores: readonly Score[]): string {
  const rows = scores.map(
    ({ persona, release, probes, requests, differing }) =>
      `| \`${persona}\` | ${release} | ${probes} | ${requests} | ${requests - differing.length} | ${percent(requests - differing.length, requests)} |`,
  );
  return `# Fidelity

Written by \`npm test\` (test/fidelity.test.ts): each probe of test/emulator-probes/ is sent to the sensor and to the
real server that its persona was recorded from, both started by the test, and the answers are compared. Most are
compared byte for byte, connection state included; those of a probe marked \`~\` with numbers and ids made alike, those
marked \`?\` without regard to order, as the probes say. A request that is answered otherwise and is not listed here
fails the test. Random sequences of commands are compared too (test/differential.test.ts).

| persona | real server | probes | requests | answered alike | score |
| --- | --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

## What differs

${scores.map(section).join('\n')}`;
}

function section({ persona, differing }: Score): string {
  const lines = differing.map(({ probe, step }) => `- ${cell(`${probe}: ${step}`)}\n`);
  return `### ${persona}\n\n${lines.length === 0 ? 'Nothing.\n' : lines.join('')}`;
}

/** The requests that the page lists under a persona. */
export function differencesIn(page: string, persona: string): ReadonlySet<string> {
  const [, after = ''] = page.split(`### ${persona}\n`);
  const lines = (after.split('\n### ')[0] ?? '').split('\n');
  return new Set(lines.filter((line) => line.startsWith('- ')).map((line) => text(line.slice(2))));
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;

/** As code in Markdown, so that nothing in it is markup. */
const cell = (words: string): string => `\`\` ${JSON.stringify(words).slice(1, -1)} \`\``;
const text = (cellText: string): string => {
  try {
    return String(JSON.parse(`"${cellText.slice(3, -3)}"`));
  } catch {
    return '';
  }
};
