import type { ByteString } from '../model/bytes.ts';

/** Shortest run of encoded text worth decoding; shorter ones are ordinary words. */
const SHORTEST_RUN = 16;

/** Runs of base64 in a text, decoded, when what comes out reads like text or starts like a program. */
export function decodedBase64(text: ByteString): ByteString[] {
  return runs(text, isBase64, SHORTEST_RUN).flatMap((run) => {
    const meant = starts(run)
      .map((start) => Buffer.from(start, 'base64').toString('latin1'))
      .filter(looksMeant);
    // What a path decodes to is garbage before the text; the start that has none is the right one.
    const [first] = meant;
    const clean = meant.find((decoded) => /^[\t\n\r\x20-\x7e]{6}/.test(decoded)) ?? first;
    return clean === undefined ? [] : [clean];
  });
}

/** Slashes of a path that encoded text may be glued to (`/tmp/Y3Vy...`). */
const MOST_SLASHES = 6;

/** The run, and what is left of it behind each of its first slashes: a slash also belongs to base64. */
function starts(run: ByteString): ByteString[] {
  const found = [run];
  for (let at = run.indexOf('/'); at >= 0 && found.length <= MOST_SLASHES; at = run.indexOf('/', at + 1)) {
    if (run.length - at > SHORTEST_RUN) found.push(run.slice(at + 1));
  }
  return found;
}

/** Runs of hexadecimal digits, decoded, under the same condition; `\x41\x42` counts as well. */
export function decodedHex(text: ByteString): ByteString[] {
  const plain = text.includes('\\x') ? text.replaceAll('\\x', '') : text;
  return runs(plain, isHex, SHORTEST_RUN).flatMap((run) => {
    const decoded = Buffer.from(run.slice(0, run.length & ~1), 'hex').toString('latin1');
    return looksMeant(decoded) ? [decoded] : [];
  });
}

/** The text without the backslashes that stand before letters, digits and dots (`h\tt\p` hides `http`). */
export function withoutBackslashes(text: ByteString): ByteString | undefined {
  if (!text.includes('\\')) return undefined;
  const bare = text.replace(/\\(?=[A-Za-z0-9./:-])/g, '');
  return bare === text ? undefined : bare;
}

/** Percent-encoded bytes, decoded; undefined when there are none. */
export function withoutPercents(text: ByteString): ByteString | undefined {
  if (!/%[0-9a-fA-F]{2}/.test(text)) return undefined;
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function runs(text: ByteString, belongs: (code: number) => boolean, shortest: number): ByteString[] {
  const found: ByteString[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && belongs(text.charCodeAt(at))) continue;
    if (at - start >= shortest) found.push(text.slice(start, at));
    start = at + 1;
  }
  return found;
}

/** Padding is left out: it is not needed to decode, and `=` also stands before encoded text (`payload=Y3Vy...`). */
function isBase64(code: number): boolean {
  return isHex(code) || isLetter(code) || code === 43 || code === 47;
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Nine of ten bytes printable, or the head of a program, an archive or a pickle: random tokens decode to neither. */
function looksMeant(decoded: ByteString): boolean {
  if (decoded.length < 8) return false;
  if (
    /^(\u007fELF|MZ|PK\u0003\u0004|\u001f\u008b|\u0080[\u0002-\u0005][\u0095\]}c(K])/.test(
      decoded.slice(0, 4),
    )
  )
    return true;
  const head = decoded.slice(0, 4_096);
  let printable = 0;
  for (let at = 0; at < head.length; at++) {
    const code = head.charCodeAt(at);
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) printable++;
  }
  return printable >= head.length * 0.9;
}
