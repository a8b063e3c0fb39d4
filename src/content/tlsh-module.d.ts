/** The package brings no types. */
declare module 'tlsh' {
  /** 70 hexadecimal digits of a text, one byte a character. @throws for text without enough variety. */
  export default function hash(text: string): string;
}
