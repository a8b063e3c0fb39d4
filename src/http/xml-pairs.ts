import type { ByteString } from '../model/bytes.ts';
import type { Pair } from './pairs.ts';
import { MOST_PAIRS } from './pairs.ts';

/** Texts and attribute values of an XML document, well-formed or not; entities stay as they are. */
export function xmlPairs(body: ByteString): Pair[] {
  const pairs: Pair[] = [];
  let name = '';
  for (let at = 0; at < body.length && pairs.length < MOST_PAIRS; ) {
    const open = body.indexOf('<', at);
    const text = body.slice(at, open < 0 ? body.length : open).trim();
    if (text !== '') pairs.push({ name, value: text });
    if (open < 0) break;
    if (body.startsWith('<![CDATA[', open)) {
      const end = body.indexOf(']]>', open);
      pairs.push({ name, value: body.slice(open + 9, end < 0 ? body.length : end) });
      at = end < 0 ? body.length : end + 3;
      continue;
    }
    const close = body.indexOf('>', open);
    const tag = body.slice(open + 1, close < 0 ? body.length : close);
    name = /^\/?([\w:.-]{1,100})/.exec(tag)?.[1] ?? '';
    for (const [, attribute = '', value = ''] of tag.matchAll(/([\w:.-]{1,100})="([^"]*)"/g)) {
      if (pairs.length < MOST_PAIRS) pairs.push({ name: attribute, value });
    }
    at = close < 0 ? body.length : close + 1;
  }
  return pairs;
}
