import type { ByteString } from '../../model/bytes.ts';
import { trimLeft, trimRight } from '../transform/space.ts';
import { urlDecode } from '../transform/url.ts';

/** Name and value of one argument. */
export type Argument = readonly [name: ByteString, value: ByteString];

/** A query string or a form: parted by ampersands, decoded; an argument without equals sign has an empty value. */
export function parseArguments(text: ByteString, most: number): Argument[] {
  const found: Argument[] = [];
  if (text === '') return found;
  // What ends in an ampersand has no last, empty argument.
  const end = text.endsWith('&') ? text.length - 1 : text.length;
  let at = 0;
  while (at <= end && found.length < most) {
    const next = text.indexOf('&', at);
    const stop = next < 0 || next > end ? end : next;
    const part = text.slice(at, stop);
    const equals = part.indexOf('=');
    found.push(
      equals < 0
        ? [urlDecode(part), '']
        : [urlDecode(part.slice(0, equals)), urlDecode(part.slice(equals + 1))],
    );
    at = stop + 1;
  }
  return found;
}

/** The pairs of a Cookie header. They are not decoded; blanks before a name and at the end do not belong to it. */
export function parseCookies(header: ByteString, most: number): Argument[] {
  const found: Argument[] = [];
  for (const part of trimRight(header).split(';')) {
    if (found.length >= most) break;
    const equals = part.indexOf('=');
    const name = trimLeft(equals < 0 ? part : part.slice(0, equals));
    if (name !== '') found.push([name, equals < 0 ? '' : part.slice(equals + 1)]);
  }
  return found;
}
