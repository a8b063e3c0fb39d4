import type { PlaceShare } from '../../../src/model/campaign.ts';
import type { Query } from '../state/route.ts';
import { href } from '../state/route.ts';
import { countryName, plural } from '../state/words.ts';
import { Panel } from './panel.tsx';
import { ShareBars } from './share-bars.tsx';

const SHOWN = 8;

interface PlacePanelProps {
  readonly shares: readonly PlaceShare[];
  readonly query: Query;
}

/** Countries of sources: a hint, and the panel says so. */
export function CountryPanel({ shares, query }: PlacePanelProps) {
  const all = shares.reduce((sum, { sources }) => sum + sources, 0);
  return (
    <Panel title="Countries" side={<span class="dim">sources; a hint, not a fact</span>}>
      <ShareBars
        of={all}
        bars={shares.slice(0, SHOWN).map(({ name, sources }) => ({
          key: name,
          name: countryName(name),
          count: sources,
          title: `${countryName(name)}: ${plural(sources, 'source')}: show them`,
          href: href(['sources'], { ...query, country: name }),
        }))}
      />
    </Panel>
  );
}

/** Networks of sources. */
export function NetworkPanel({ shares, query, of }: PlacePanelProps & { readonly of: number }) {
  return (
    <Panel title="Networks" side={<span class="dim">sources</span>}>
      <ShareBars
        of={of}
        bars={shares.slice(0, SHOWN).map(({ name, sources }) => {
          const asn = /^AS(\d{1,10})/.exec(name)?.[1];
          return {
            key: name,
            name,
            count: sources,
            title: `${name}: ${plural(sources, 'source')}`,
            ...(asn === undefined ? {} : { href: href(['sources'], { ...query, asn }) }),
          };
        })}
      />
    </Panel>
  );
}
