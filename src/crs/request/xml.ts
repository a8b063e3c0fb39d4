import type { ByteString } from '../../model/bytes.ts';

/** What rules ask of an XML body: `XML:/*` is the text in it, `XML://@*` the values of its attributes. */
export interface XmlBody {
  readonly text: ByteString;
  readonly attributes: readonly ByteString[];
}

const PIECE =
  /<!\[CDATA\[([^]*?)\]\]>|<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE(?:[^>[\]"']|"[^"]*"|'[^']*'|\[[^\]]*\])*>|<(\/?)([A-Za-z_:\x80-\xff][\w:.\-\x80-\xff]*)((?:[^<>"']|"[^<"]*"|'[^<']*')*)>|([^<]+)/gy;
/** A blank has to stand before a name: without it, a long name without a value would be searched from each of its bytes. */
const ATTRIBUTE = /\s[\w:.\-\x80-\xff]+\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Undefined when the body is not well-formed; entities that the document declares itself are never expanded. */
export function parseXmlBody(body: ByteString): XmlBody | undefined {
  const open: string[] = [];
  const attributes: string[] = [];
  let text = '';
  let roots = 0;
  let at = 0;
  while (at < body.length) {
    PIECE.lastIndex = at;
    const match = PIECE.exec(body);
    if (match === null) return undefined;
    at = PIECE.lastIndex;
    const [, cdata, closing, name, inside = '', plain] = match;
    if (name !== undefined && closing === '/') {
      if (open.pop() !== name) return undefined;
    } else if (name !== undefined) {
      if (open.length === 0) roots += 1;
      if (!inside.trimEnd().endsWith('/')) open.push(name);
      for (const [, double, single] of inside.matchAll(ATTRIBUTE))
        attributes.push(entities(double ?? single ?? ''));
    } else if (cdata !== undefined) {
      text += cdata;
    } else if (plain !== undefined) {
      if (open.length > 0) text += entities(plain);
      else if (plain.trim() !== '') return undefined;
    }
  }
  return open.length === 0 && roots === 1 ? { text, attributes } : undefined;
}

function entities(text: ByteString): ByteString {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w+));/g,
    (_, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? '';
      const code = Number.parseInt(hex ?? decimal ?? '0', hex === undefined ? 10 : 16);
      return code > 0x10ffff ? '' : Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1');
    },
  );
}
