import { printable } from '../model/printable.ts';
import type { Answer } from './line.ts';

const MOST_ITEMS = 12;

/** An answer as one printable line, close to what redis-cli shows: `+OK`, `-ERR ...`, `:1`, `"text"`, `[a, b]`. */
export function shown(answer: Answer, most = 600): string {
  switch (answer.kind) {
    case 'silence':
      return '(nothing)';
    case 'closed':
      return '(connection closed)';
    case 'garbage':
      return answer.text === '' ? '(nothing)' : `(no Redis reply) ${printable(answer.text, most)}`;
    case 'simple':
      return `+${printable(answer.text, most)}`;
    case 'error':
      return `-${printable(answer.text, most)}`;
    case 'integer':
      return `:${answer.value}`;
    case 'bulk':
    case 'verbatim':
      return `"${printable(answer.text, most)}"`;
    case 'null':
      return '(nil)';
    case 'boolean':
      return `#${answer.value ? 't' : 'f'}`;
    case 'double':
      return `,${answer.value}`;
    case 'big-number':
      return `(${answer.digits}`;
    case 'array':
    case 'set':
    case 'push': {
      const items = answer.items.slice(0, MOST_ITEMS).map((item) => shown(item, 120));
      return `[${items.join(', ')}${answer.items.length > MOST_ITEMS ? ', …' : ''}]`;
    }
    case 'map': {
      const pairs = answer.pairs
        .slice(0, MOST_ITEMS)
        .map(([key, value]) => `${shown(key, 60)}: ${shown(value, 120)}`);
      return `{${pairs.join(', ')}${answer.pairs.length > MOST_ITEMS ? ', …' : ''}}`;
    }
    case 'attributed':
      return shown(answer.reply, most);
  }
}
