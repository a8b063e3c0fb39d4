import { cut, fitting, markdownText } from '../chat-text.ts';
import type { Message } from '../message.ts';

const CONTENT = 2_000;
const SUPPRESS_EMBEDS = 4;

/** A webhook of Discord: nobody is mentioned whatever the text says, and no link unfolds. */
export function discordPayload({ title, lines }: Message): unknown {
  const head = `**${cut(markdownText(title), 300)}**`;
  const body = fitting(
    lines.map((line) => cut(markdownText(line), 500)),
    CONTENT - head.length - 1,
  );
  return {
    username: 'Sundew',
    content: [head, ...body].join('\n'),
    allowed_mentions: { parse: [] },
    flags: SUPPRESS_EMBEDS,
  };
}
