/**
 * The shortest text that reads back as this number, laid out as Redis 7.2 and later do (fpconv): an exponent only where
 * it saves room. `text` is the number as C prints it.
 */
export function doubleText(text: string): string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const sign = value < 0 ? '-' : '';
  const shift = Number(power) - (digits.length - 1);
  const size = Math.abs(Number(power));
  if (shift >= 0 && size < digits.length + 7) return sign + digits + '0'.repeat(shift);
  if (shift < 0 && (shift > -7 || size < 4)) {
    const whole = digits.length + shift;
    if (whole <= 0) return `${sign}0.${'0'.repeat(-whole)}${digits}`;
    return `${sign}${digits.slice(0, whole)}.${digits.slice(whole)}`;
  }
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits.slice(0, 1)}${rest}e${Number(power) < 0 ? '-' : '+'}${size}`;
}
