import type { Figure } from '../../../src/serve/answers.ts';
import { countText } from '../state/words.ts';
import { Sparkline } from './sparkline.tsx';

interface FigureTileProps {
  readonly label: string;
  readonly figure: Figure;
  readonly since: number;
  readonly href: string;
  readonly tone: 'calm' | 'hot';
}

/** A headline figure of the last 24 hours; leads to what it counts. */
export function FigureTile({ label, figure, since, href, tone }: FigureTileProps) {
  return (
    <a class={`tile tile-${tone}`} href={href} title={`${label} in the last 24 hours: show them`}>
      <span class="tile-label">{label}</span>
      <span class="tile-count">{countText(figure.count)}</span>
      <span class="tile-before">{changeText(figure)}</span>
      <Sparkline hours={figure.hours} since={since} label={label} />
    </a>
  );
}

function changeText({ count, before }: Figure): string {
  if (before === 0) return count === 0 ? 'none' : 'none the day before';
  const change = count - before;
  if (change === 0) return 'as the day before';
  return `${change > 0 ? '+' : '−'}${countText(Math.abs(change))} on the day before`;
}
