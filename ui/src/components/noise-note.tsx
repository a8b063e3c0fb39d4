import { changeQuery, route } from '../state/route.ts';
import { countText } from '../state/words.ts';

/** How much of a list is noise and hidden, and the switch for it. */
export function NoiseNote({ noise }: { readonly noise: number | undefined }) {
  const shown = route.value.query['noise'] === '1';
  if (noise === undefined || (noise === 0 && !shown)) return null;
  return (
    <button
      type="button"
      class="noise"
      aria-pressed={shown}
      title="Research scanners, harmless probes, other protocols, visits without a word"
      onClick={() => changeQuery({ noise: shown ? undefined : '1', offset: undefined })}
    >
      {shown ? 'hide noise' : `${countText(noise)} are noise: show`}
    </button>
  );
}
