import { changeQuery } from '../state/route.ts';
import { countText } from '../state/words.ts';

interface PagerProps {
  readonly total: number;
  readonly offset: number;
  readonly shown: number;
  readonly size: number;
}

export function Pager({ total, offset, shown, size }: PagerProps) {
  if (total <= size && offset === 0) return null;
  const turn = (to: number) => (): void => {
    changeQuery({ offset: to <= 0 ? undefined : to });
    scrollTo({ top: 0 });
  };
  return (
    <nav class="pager" aria-label="Pages">
      <button type="button" disabled={offset === 0} onClick={turn(offset - size)}>
        ← Previous
      </button>
      <span>{`${countText(shown === 0 ? 0 : offset + 1)}–${countText(offset + shown)} of ${countText(total)}`}</span>
      <button type="button" disabled={offset + shown >= total} onClick={turn(offset + size)}>
        Next →
      </button>
    </nav>
  );
}
