import type { ByteString } from '../model/bytes.ts';
import { characterOf, percentDecoded } from './percent.ts';

/** Views of one value, and bytes of one that are looked at. */
const MOST = 12;
const LONGEST = 16_384;
const WINDOW = 2_000;
const OVERLAP = 200;
/** Layers under one another: double URL encoding is common, a third layer was not seen to be needed by anything. */
const DEEPEST = 3;
/** Words of base64 in one value. */
const MOST_WORDS = 16;

/** What may still be undone in one request: its values share it, so that many odd ones cost no more than a few. */
export interface Undoing {
  views: number;
  bytes: number;
}

export function undoingOfOneRequest(): Undoing {
  return { views: 512, bytes: 32_768 };
}

/**
 * A request value as it stands and as the layers read that applications, browsers, shells and databases take off: URL
 * encoding, HTML entities, backslash escapes, comments and odd white space, quotes inside words, base64. Each is made only when
 * the value has what it undoes, and while something is left to be undone.
 */
export function webViews(value: ByteString, left = undoingOfOneRequest()): ByteString[] {
  const views = windowsOf(value);
  if (!views.some((view) => MAY_HIDE.test(view))) return views;
  const seen = new Set(views);
  const depth = views.map(() => 0);
  const most = views.length + MOST;
  for (let at = 0; at < views.length; at++) {
    const view = views[at] ?? '';
    if (left.views <= 0 || left.bytes <= 0) break;
    if ((depth[at] ?? 0) >= DEEPEST) continue;
    for (const undo of LAYERS) {
      const undone = undo(view);
      if (undone === undefined || undone === '' || seen.has(undone)) continue;
      seen.add(undone);
      left.views--;
      left.bytes -= undone.length;
      views.push(undone);
      depth.push((depth[at] ?? 0) + 1);
      if (views.length >= most) return views;
    }
  }
  return views;
}

/** A long value in pieces that overlap: matching stays fast, and what begins in one is whole in the next. */
function windowsOf(value: ByteString): ByteString[] {
  if (value.length <= WINDOW) return [value];
  const windows: ByteString[] = [];
  for (let at = 0; at < Math.min(value.length, LONGEST); at += WINDOW - OVERLAP) {
    windows.push(value.slice(at, at + WINDOW));
  }
  return windows;
}

/** None of these: nothing can be hidden in it. Long words of base64 are. */
const MAY_HIDE = /[%&\\/*#'"^`$\0-\x1f\x7f-\xff]|[ +]\s|[A-Za-z0-9+/_-]{10}/;

type Undo = (text: ByteString) => ByteString | undefined;

const LAYERS: readonly Undo[] = [
  (text) => (text.includes('%') ? percentDecoded(text, true) : undefined),
  (text) => (text.includes('&') ? withoutEntities(text) : undefined),
  (text) => (text.includes('\\') ? withoutEscapes(text) : undefined),
  compact,
  withoutShellQuotes,
  (text) => (/[\xc0-\xff]/.test(text) ? asciiLookalikes(text) : undefined),
  fromBase64,
];

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  colon: ':',
  tab: '\t',
  newline: '\n',
  lpar: '(',
  rpar: ')',
  sol: '/',
  nbsp: ' ',
};

function withoutEntities(text: ByteString): ByteString {
  return text.replace(
    /&(?:#x0{0,8}([0-9a-f]{1,6})|#0{0,8}([0-9]{1,7})|([a-z]{2,8}));?/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
      return characterOf(hex === undefined ? Number(decimal) : parseInt(hex, 16));
    },
  );
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function withoutEscapes(text: ByteString): ByteString {
  return text.replace(
    /\\(?:x\{?([0-9a-f]{2})\}?|u\{?0{0,4}([0-9a-f]{2,4})\}?|([0-7]{3})|([0-9a-f]{2,6})\s?|([nrtbf])|(.))/gi,
    (
      whole,
      hex?: string,
      unicode?: string,
      octal?: string,
      css?: string,
      control?: string,
      other?: string,
    ) => {
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 255);
      const code = hex ?? unicode ?? css;
      if (code !== undefined) return characterOf(parseInt(code, 16));
      if (control !== undefined) return CONTROLS[control.toLowerCase()] ?? control;
      return other ?? whole;
    },
  );
}

/** Comments of SQL and C become a space, control bytes go, white space becomes one blank. */
function compact(text: ByteString): ByteString | undefined {
  if (!/\/\*|[\0-\x1f\x7f\xa0]|[ +]\s|\s#|--/.test(text)) return undefined;
  return withoutLineComments(uncommented(text))
    .replace(/\0/g, '')
    .replace(/[\x01-\x20\x7f\xa0]+/g, ' ');
}

/** Comments that end with their line. Behind the last line end there is none: nothing is searched to the end in vain. */
function withoutLineComments(text: ByteString): ByteString {
  const end = text.lastIndexOf('\n') + 1;
  return text.slice(0, end).replace(/(?:--|#)[^\n]*\n/g, ' ') + text.slice(end);
}

/** What MySQL runs (`/*!50000 union *\/`) is kept, other comments go. */
function uncommented(text: ByteString): ByteString {
  let from = text.indexOf('/*');
  if (from < 0) return text;
  const parts: string[] = [];
  let kept = 0;
  while (from >= 0) {
    const end = text.indexOf('*/', from + 2);
    parts.push(text.slice(kept, from));
    if (end < 0) {
      kept = text.length;
      break;
    }
    const inner = text.slice(from + 2, end);
    parts.push(inner.startsWith('!') ? ` ${inner.replace(/^!\d{0,6}/, '')} ` : ' ');
    kept = end + 2;
    from = text.indexOf('/*', kept);
  }
  parts.push(text.slice(kept));
  return parts.join('');
}

/** `c'a't /e""tc/p\asswd`, `c^md`, `cat${IFS}/etc`, `$@`: what a shell drops inside a word. */
function withoutShellQuotes(text: ByteString): ByteString | undefined {
  if (!/['"^`\\]|\$[{@*(!-]|\$IFS/i.test(text)) return undefined;
  return text
    .replace(/\$\{IFS[^}]{0,20}\}|\$IFS(?:\$\d)?/gi, ' ')
    .replace(/\$[@*!]|\$\{[@*!]\}|['"^\\]|``|\$\(\)/g, '');
}

/** Overlong UTF-8 and full-width letters as the ASCII they are read as by careless decoders. */
function asciiLookalikes(text: ByteString): ByteString {
  return text
    .replace(/[\xc0\xc1]([\x80-\xbf])/g, (whole: string, low: string) =>
      String.fromCharCode(((whole.charCodeAt(0) & 1) << 6) | (low.charCodeAt(0) & 63)),
    )
    .replace(/\xe0\x80([\x80-\xbf])/g, (_whole, low: string) => String.fromCharCode(low.charCodeAt(0) & 63))
    .replace(/\xef(\xbc[\x81-\xbf]|\xbd[\x80-\x9e])/g, (whole: string) => {
      const code = ((whole.charCodeAt(1) & 63) << 6) | (whole.charCodeAt(2) & 63);
      return String.fromCharCode(0xf000 + code - 0xfee0);
    });
}

/** Wherever in a word the code begins: attackers put characters before it. */
function fromBase64(text: ByteString): ByteString | undefined {
  const found: string[] = [];
  for (const [word] of text.matchAll(/[A-Za-z0-9+/_-]{10,8192}/g)) {
    if (found.length >= MOST_WORDS || !/[A-Z]/.test(word) || !/[a-z]/.test(word)) continue;
    for (let skip = 0; skip < 4; skip++) {
      const decoded = Buffer.from(word.slice(skip), 'base64').toString('latin1');
      if (decoded.startsWith('\xac\xed')) found.push(decoded);
      // Letters and digits that are no base64 decode to noise: only what reads is kept.
      found.push(...(decoded.match(/[\t\n\r\x20-\x7e]{6,}/g) ?? []));
    }
  }
  return found.length === 0 ? undefined : found.join(' ');
}
