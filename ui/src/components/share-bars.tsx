import type { ComponentChildren } from 'preact';
import { countText } from '../state/words.ts';

interface ShareBar {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly count: number;
  /** Stands behind the bar's count; a part of it. */
  readonly title: string;
  readonly href?: string;
}

/** Counts as bars, each leading to what is counted. */
export function ShareBars({ bars, of }: { readonly bars: readonly ShareBar[]; readonly of: number }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul class="bars shares">
      {bars.map(({ key, name, count, title, href }) => {
        const row = (
          <>
            <span class="bars-name">{name}</span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect x="0" y="0" width={(count / most) * 100} height="4" />
            </svg>
            <b>{countText(count)}</b>
            <span class="dim">{of === 0 ? '' : `${Math.round((count / of) * 100)} %`}</span>
          </>
        );
        return (
          <li key={key}>
            {href === undefined ? (
              <span class="bars-row" title={title}>
                {row}
              </span>
            ) : (
              <a href={href} title={title}>
                {row}
              </a>
            )}
          </li>
        );
      })}
    </ul>
  );
}
