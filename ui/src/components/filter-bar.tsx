import type { ComponentChildren } from 'preact';
import { changeQuery, route } from '../state/route.ts';
import { countText } from '../state/words.ts';
import { ExportLinks } from './export-links.tsx';
import { FilterChips } from './filter-chips.tsx';
import { NoiseNote } from './noise-note.tsx';
import { SearchField } from './search-field.tsx';
import { SelectField } from './select-field.tsx';

interface FilterBarProps {
  readonly placeholder: string;
  readonly total: number | undefined;
  readonly noise?: number | undefined;
  readonly severity?: boolean;
  /** Name of the list under /api/export. */
  readonly exports?: string;
  /** The filters as the API takes them. */
  readonly search: string;
  readonly children?: ComponentChildren;
}

const SEVERITIES = [
  ['', 'any severity'],
  ['low', 'low or worse'],
  ['medium', 'medium or worse'],
  ['high', 'high or worse'],
  ['critical', 'critical'],
] as const;
const SPANS = [
  ['', 'any time'],
  ['1h', 'last hour'],
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
] as const;

/** What a list is narrowed by, and how many are left. */
export function FilterBar({
  placeholder,
  total,
  noise,
  severity = false,
  exports,
  search,
  children,
}: FilterBarProps) {
  const { query } = route.value;
  const change = (name: string) => (value: string) => changeQuery({ [name]: value, offset: undefined });
  return (
    <div class="filters" role="search">
      <SearchField placeholder={placeholder} value={query['contains'] ?? ''} onChange={change('contains')} />
      {severity && (
        <SelectField
          label="Severity"
          options={SEVERITIES}
          value={query['severity'] ?? ''}
          onChange={change('severity')}
        />
      )}
      <SelectField label="Time" options={SPANS} value={query['since'] ?? ''} onChange={change('since')} />
      {children}
      <FilterChips />
      <NoiseNote noise={noise} />
      <span class="filter-total" role="status">
        {total === undefined ? '' : `${countText(total)} found`}
      </span>
      {exports !== undefined && <ExportLinks list={exports} search={search} />}
    </div>
  );
}
