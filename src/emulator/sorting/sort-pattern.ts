import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';

/** Finds what a pattern names for an element: the value of a key, or of a hash's field behind `->`. */
export type Lookup = (element: ByteString) => ByteString | undefined;

/** `#` is the element itself; the first star of any other pattern stands for it, and without one nothing is found. */
export function lookupBy(call: Call, pattern: ByteString): Lookup {
  if (pattern === '#') return (element) => element;
  const star = pattern.indexOf('*');
  if (star < 0) return () => undefined;
  const arrow = pattern.indexOf('->', star + 1);
  const field = arrow < 0 ? '' : pattern.slice(arrow + 2);
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1, field === '' ? undefined : arrow);
  return (element) => {
    const value = call.db.get(before + element + after, call.now);
    if (value === undefined) return undefined;
    if (field === '') return value.type === 'string' ? value.text : undefined;
    if (value.type !== 'hash') return undefined;
    const due = value.expiries?.get(field);
    return due === undefined || due > call.now ? value.fields.get(field) : undefined;
  };
}
