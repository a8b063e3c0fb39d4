/**
 * The ASCII character that Windows takes for a character outside ASCII (code page 20127): letters without their marks,
 * and typographic quotes and dashes. Attackers use it to get a quote past a filter.
 */
export function bestFit(code: number): number | undefined {
  if (code < 0x80) return code;
  const punctuation = PUNCTUATION.get(code);
  if (punctuation !== undefined) return punctuation.charCodeAt(0);
  if (code < 0xa0 || code > 0x24f) return undefined;
  const base = String.fromCharCode(code).normalize('NFD').charCodeAt(0);
  return base < 0x80 ? base : undefined;
}

const PUNCTUATION: ReadonlyMap<number, string> = new Map(
  Object.entries({
    "'": [0x2018, 0x2019, 0x201a, 0x2032, 0x02b9, 0x02bc, 0x00b4],
    '"': [0x201c, 0x201d, 0x201e, 0x2033, 0x02ba],
    '-': [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x00ad],
    ' ': [0x00a0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006],
    '<': [0x2039, 0x3008, 0x2329, 0x00ab],
    '>': [0x203a, 0x3009, 0x232a, 0x00bb],
    '/': [0x2044, 0x2215],
    '\\': [0x2216],
    '*': [0x2217],
    '.': [0x2024, 0x00b7, 0x2026],
    '|': [0x00a6],
    '`': [0x2035],
    '^': [0x02c6],
    '~': [0x02dc],
    ':': [0x2236],
  }).flatMap(([character, codes]) => codes.map((code) => [code, character])),
);
