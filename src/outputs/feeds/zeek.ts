import type { Indicator } from '../../model/indicator.ts';
import { printableText } from '../../model/printable.ts';
import type { FeedFormat } from './feed.ts';
import { about } from './feed.ts';

/** A file of Zeek's Intelligence Framework: columns with a tab between them. */
export const zeekIntel: FeedFormat = {
  name: 'zeek',
  title: 'Zeek intelligence file (Intel::read_files)',
  write: (items, { producer }) => {
    const lines = items.flatMap((item) => {
      const type = zeekType(item.indicator);
      if (type === undefined) return [];
      const value = item.indicator.value.replace(/^[a-z]{1,10}:\/\//, '');
      return [[value, type, producer, about(item)].map(cell).join('\t')];
    });
    return ['#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc', ...new Set(lines), ''].join('\n');
  },
};

function zeekType({ kind }: Indicator): string | undefined {
  switch (kind) {
    case 'address':
      return 'Intel::ADDR';
    case 'host':
      return 'Intel::DOMAIN';
    case 'url':
      return 'Intel::URL';
    case 'sha256':
      return 'Intel::FILE_HASH';
    default:
      return undefined;
  }
}

function cell(text: string): string {
  const safe = printableText(text, 2_048).replace(/\t/g, ' ');
  // A lone minus is Zeek's word for nothing.
  return safe === '-' || safe === '' ? '?' : safe;
}
