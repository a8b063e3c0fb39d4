import { useEffect, useRef } from 'preact/hooks';
import { helpOpen } from '../state/keys.ts';
import { status } from '../state/live.ts';
import { href, route } from '../state/route.ts';
import { nextTheme, theme } from '../state/theme.ts';
import { countText } from '../state/words.ts';
import { LiveMark } from './live-mark.tsx';
import { Logo } from './logo.tsx';

const PLACES = [
  { name: 'now', label: 'Now', key: 'n' },
  { name: 'findings', label: 'Findings', key: 'f' },
  { name: 'sessions', label: 'Sessions', key: 's' },
  { name: 'sources', label: 'Sources', key: 'o' },
  { name: 'indicators', label: 'Indicators', key: 'i' },
  { name: 'campaigns', label: 'Campaigns', key: 'c' },
  { name: 'events', label: 'Events', key: 'e' },
  { name: 'captures', label: 'Captures', key: 'p' },
  { name: 'doors', label: 'Doors', key: 'd' },
  { name: 'servers', label: 'My servers', key: 'm' },
  { name: 'study', label: 'Study', key: 'y' },
] as const;

const THEME_SIGN = { auto: '◐', dark: '●', light: '○' } as const;

export function TopBar() {
  const here = route.value.path[0];
  const totals = status.value?.totals;
  const places = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a telephone the places do not all fit.
    places.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here]);
  return (
    <header class="top">
      <a class="brand" href={href(['now'])} aria-label="Sundew: what is happening now">
        <Logo />
        <span>Sundew</span>
      </a>
      <nav ref={places} class="places" aria-label="Views">
        {PLACES.map(({ name, label, key }) => {
          const count = name in (totals ?? {}) ? totals?.[name as keyof typeof totals] : undefined;
          return (
            <a
              key={name}
              href={href([name])}
              aria-current={here === name ? 'page' : undefined}
              title={`${label} (g ${key})`}
            >
              {label}
              {count !== undefined && <span class="count">{countText(count)}</span>}
            </a>
          );
        })}
      </nav>
      <div class="top-end">
        <LiveMark />
        <button
          type="button"
          class="plain"
          onClick={nextTheme}
          title={`Colours: ${theme.value} (t)`}
          aria-label={`Colours: ${theme.value}. Change`}
        >
          {THEME_SIGN[theme.value]}
        </button>
        <button
          type="button"
          class="plain"
          onClick={() => (helpOpen.value = true)}
          title="Keys (?)"
          aria-label="Keys"
        >
          ?
        </button>
      </div>
    </header>
  );
}
