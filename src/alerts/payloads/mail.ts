import { cut } from '../chat-text.ts';
import type { Message } from '../message.ts';

/** A mail in plain text. The subject is one printable line, so no header can begin in it. */
export function mailText({ title, lines }: Message): { readonly subject: string; readonly text: string } {
  return {
    subject: cut(`Sundew: ${title}`, 180).replace(/[\r\n]/g, ' '),
    text: `${[title, '', ...lines].map((line) => line.replace(/[\r\n]/g, ' ')).join('\n')}\n`,
  };
}
