/** `*` any text, `?` one character; everything else is itself. Time is at most length of text times length of glob. */
export function matchesGlob(glob: string, text: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let resume = 0;
  while (place < text.length) {
    const wanted = glob[at];
    if (wanted === '*') {
      star = at++;
      resume = place;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[place])) {
      at++;
      place++;
    } else if (star >= 0) {
      at = star + 1;
      place = ++resume;
    } else return false;
  }
  while (glob[at] === '*') at++;
  return at === glob.length;
}
