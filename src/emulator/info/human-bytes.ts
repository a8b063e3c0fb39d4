/** 1048576 as `1.00M`, as INFO writes amounts of memory for people. */
export function humanBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes}B`;
  const steps = ['K', 'M', 'G', 'T', 'P'];
  const step = Math.min(Math.trunc(Math.log2(bytes) / 10), steps.length);
  return `${(bytes / 1_024 ** step).toFixed(2)}${steps[step - 1]}`;
}
