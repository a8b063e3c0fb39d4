/** A URL, host or address that nobody can click by mistake: `hxxp://203[.]0[.]113[.]9/`. */
export function defanged(text: string): string {
  return text
    .replace(/^http/i, (scheme) => (scheme.startsWith('H') ? 'HXXP' : 'hxxp'))
    .replace(/\.(?=[A-Za-z0-9])/g, '[.]');
}
