/** A URL, host or address that nobody can click by mistake: `hxxp://203[.]0[.]113[.]9/`. */
export function defanged(text: string): string {
  return text
    .replace(/^http/i, (scheme) => (scheme.startsWith('H') ? 'HXXP' : 'hxxp'))
    .replace(/\.(?=[A-Za-z0-9])/g, '[.]');
}

/** Free text in which no address, host or URL is left that a program would make a link of; not for what is read back. */
export function defangedText(text: string): string {
  return text
    .replace(/https?(?=:)/gi, (scheme) =>
      scheme.replace(/tt/i, (letters) => (letters === 'TT' ? 'XX' : 'xx')),
    )
    .replaceAll('://', '[:]//')
    .replace(DOT, '[.]');
}

/** A dot before a letter or a digit, also in the scripts and forms that names may use. */
const DOT = /[.\u3002\uff0e\uff61](?=[\p{L}\p{N}])/gu;
