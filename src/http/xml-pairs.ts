import type { ByteString } from '../model/bytes.ts';
import type { Pair } from './pairs.ts';
import { MOST_PAIRS } from './pairs.ts';

const ATTRIBUTE = /([\w:.-]{1,100})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

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
    name = /^\/?([\w:.-]{1,100})/.exec(tag)?.[1] ?? name;
    for (const [, attribute = '', double, single = ''] of tag.matchAll(ATTRIBUTE)) {
      if (pairs.length < MOST_PAIRS) pairs.push({ name: attribute, value: double ?? single });
    }
    at = close < 0 ? body.length : close + 1;
  }
  return pairs;
}
