/**
 * JSON with printable ASCII only. `JSON.stringify` escapes C0 controls; DEL, C1 controls and everything above become
 * `\u` escapes here, so that `cat` and `less` of a journal show bytes and never obey them.
 */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  return BEYOND_ASCII.test(text) ? text.replace(EACH_BEYOND_ASCII, escaped) : text;
}

const BEYOND_ASCII = /[\x7f-\uffff]/;
const EACH_BEYOND_ASCII = /[\x7f-\uffff]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
