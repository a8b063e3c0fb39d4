/** How a count compares with the one before: `+12 %`, `-3 %`, `new`, `as before`. */
export function changeText(count: number, before: number): string {
  if (count === before) return 'as before';
  if (before === 0) return 'none before';
  const change = Math.round(((count - before) / before) * 100);
  return `${change > 0 ? '+' : ''}${change} % (${before} before)`;
}

/** `86.2 %`; a dash when there is nothing to divide by. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`;
}

/** `1 d`, `7 d`, `6 h`: the length of a span. */
export function lengthText(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours >= 48 && hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`;
}
