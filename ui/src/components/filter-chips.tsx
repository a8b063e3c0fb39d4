import { changeQuery, route } from '../state/route.ts';
import { utcTime } from '../state/words.ts';

const WORDS: Readonly<Record<string, string>> = {
  source: 'source',
  session: 'session',
  sensor: 'sensor',
  rule: 'rule',
  campaign: 'campaign',
  technique: 'technique',
  level: 'severity',
  attacks: 'attacks only',
  country: 'country',
  asn: 'network AS',
  until: 'until',
};

/** Filters that a link brought along; each can be taken off. */
export function FilterChips() {
  const { query } = route.value;
  return (
    <>
      {Object.entries(query).map(([name, value]) => {
        const word = WORDS[name];
        if (word === undefined) return null;
        const text = name === 'attacks' ? word : `${word}: ${name === 'until' ? timeWord(value) : value}`;
        return (
          <button
            key={name}
            type="button"
            class="chip"
            aria-label={`Remove the filter ${text}`}
            onClick={() => changeQuery({ [name]: undefined, offset: undefined })}
          >
            {text} <span aria-hidden="true">×</span>
          </button>
        );
      })}
    </>
  );
}

function timeWord(value: string): string {
  return /^\d+$/.test(value) ? utcTime(Number(value)).slice(0, 16) : value;
}
