import type { ByteString } from '../../model/bytes.ts';
import { SecLangFault } from './fault.ts';
import type { Selector, Target } from './rule.ts';

/** A list of variables, parted by bars; a bar within `/.../` belongs to the pattern. */
export function parseTargets(text: ByteString): Target[] {
  return parts(text).map(parseTarget);
}

function parts(text: ByteString): string[] {
  const found: string[] = [];
  let from = 0;
  let inPattern = false;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (inPattern) {
      if (character === '\\') at += 1;
      else if (character === '/') inPattern = false;
      else if (character === undefined) throw new SecLangFault(`the pattern in ${text} is not closed`);
    } else if (character === '/' && opensPattern(text, at)) {
      inPattern = true;
    } else if (character === '|' || character === undefined) {
      found.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return found.filter((part) => part !== '');
}

/** `XML:/*` and `XML://@*` are XPath, not patterns. */
function opensPattern(text: ByteString, at: number): boolean {
  const before = text[at - 1];
  const after = before === "'" ? text[at - 2] === ':' : before === ':';
  return after && !/XML:$/i.test(text.slice(0, at));
}

function parseTarget(part: ByteString): Target {
  const mode = part.startsWith('!') ? 'except' : part.startsWith('&') ? 'count' : 'value';
  const bare = mode === 'value' ? part : part.slice(1);
  const colon = bare.indexOf(':');
  const collection = (colon < 0 ? bare : bare.slice(0, colon)).toUpperCase();
  if (!/^[A-Z_0-9]+$/.test(collection)) throw new SecLangFault(`${part} is not a variable`);
  return {
    collection,
    select: colon < 0 ? { kind: 'all' } : parseSelector(bare.slice(colon + 1), collection),
    mode,
  };
}

function parseSelector(text: ByteString, collection: string): Selector {
  const bare = /^'(.*)'$/s.exec(text)?.[1] ?? text;
  if (collection !== 'XML' && bare.length > 1 && bare.startsWith('/') && bare.endsWith('/')) {
    return { kind: 'pattern', pattern: bare.slice(1, -1) };
  }
  return { kind: 'name', name: collection === 'XML' ? bare : bare.toLowerCase() };
}
