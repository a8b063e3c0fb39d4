import type { Place } from '../model/place.ts';
import { printableText } from '../model/printable.ts';

/** Names of networks come from files that anyone may have made. */
export function safePlace({ network, ...place }: Place): Place {
  return { ...place, ...(network === undefined ? {} : { network: printableText(network, 120) }) };
}
