import { cut, fitting, markdownText } from '../chat-text.ts';
import type { Message } from '../message.ts';

/** Its servers take 16,383 characters; older ones 4,000. */
const TEXT = 4_000;

/** An incoming webhook of Mattermost, which reads Markdown. */
export function mattermostPayload({ title, lines }: Message): unknown {
  const head = `**${cut(markdownText(title), 300)}**`;
  // Two blanks at the end of a line keep it a line.
  const body = fitting(
    lines.map((line) => `${cut(markdownText(line), 600)}  `),
    TEXT - head.length - 3,
  );
  return { username: 'Sundew', text: [`${head}  `, ...body].join('\n') };
}
