/**
 * JSON in which no character can act on a terminal: JSON itself escapes C0 controls, this also escapes DEL, C1 controls
 * and format characters. Byte strings stay what they are, one code unit a byte.
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
