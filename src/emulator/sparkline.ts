/** One sample with the text below it. */
interface SparkSample {
  readonly value: number;
  readonly label: string;
}

const ROWS = 4;
/** Characters of a cell by how full it is. */
const LEVELS = '_o#';
const FULL = '|';

/** A graph of characters, a sample a column, with labels that run downwards: as LATENCY GRAPH draws it. */
export function sparkline(samples: readonly SparkSample[], columns: number): string {
  const bands: string[] = [];
  const values = samples.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  for (let at = 0; at < samples.length; at += columns) {
    bands.push(band(samples.slice(at, at + columns), least, most - least || 1));
  }
  return bands.join('\n');
}

function band(samples: readonly SparkSample[], least: number, range: number): string {
  const steps = ROWS * LEVELS.length;
  const heights = samples.map(({ value }) =>
    Math.min(steps - 1, Math.trunc(((value - least) * steps) / range)),
  );
  const lines: string[] = [];
  for (let row = 0; row < ROWS; row++) {
    const from = (ROWS - row - 1) * LEVELS.length;
    lines.push(heights.map((height) => (height < from ? ' ' : (LEVELS[height - from] ?? FULL))).join(''));
  }
  lines.push(' '.repeat(samples.length));
  const longest = Math.max(...samples.map(({ label }) => label.length));
  for (let at = 0; at < longest; at++) lines.push(samples.map(({ label }) => label[at] ?? ' ').join(''));
  return lines.map((line) => `${line}\n`).join('');
}
