import type { Place } from '../../../src/model/place.ts';
import { changeQuery, route } from '../state/route.ts';
import { countryName } from '../state/words.ts';

/** Country code and network of an address; a click narrows the list to it. */
export function PlaceText({ place }: { readonly place: Place | undefined }) {
  const { country, asn, network, kind } = place ?? {};
  if (country === undefined && asn === undefined) return <span class="dim">–</span>;
  const narrow = (change: Record<string, string>) => (): void => {
    if (route.value.path.length === 1) changeQuery({ ...change, offset: undefined });
  };
  return (
    <span class="place">
      {country !== undefined && (
        <button
          type="button"
          class="link"
          title={`${countryName(country)}: only these`}
          onClick={narrow({ country })}
        >
          {country}
        </button>
      )}
      {asn !== undefined && (
        <button
          type="button"
          class="link network"
          title={`AS${asn} ${network ?? ''}: only these`}
          onClick={narrow({ asn: String(asn) })}
        >
          {network ?? `AS${asn}`}
        </button>
      )}
      {kind === 'research' && <span class="kind">research</span>}
    </span>
  );
}
