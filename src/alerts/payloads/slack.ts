import { chatText, cut, fitting } from '../chat-text.ts';
import type { Message } from '../message.ts';

/** Characters of a header block, of a section block, and of the text that notifications show. */
const HEADER = 150;
const SECTION = 3_000;
const NOTIFICATION = 300;

/**
 * An incoming webhook of Slack. Every text is `plain_text`, in which Slack looks for neither Markdown nor mentions; the
 * notification text would be read as Markdown, so that is switched off.
 */
export function slackPayload({ title, lines }: Message): unknown {
  const head = slackText(title);
  return {
    text: cut(head, NOTIFICATION),
    mrkdwn: false,
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', emoji: false, text: cut(head, HEADER) } },
      {
        type: 'section',
        text: {
          type: 'plain_text',
          emoji: false,
          text: cut(fitting(lines.map(slackText), SECTION).join('\n'), SECTION),
        },
      },
    ],
  };
}

/** Slack reads `&lt;` and the like back into what they stand for, so an ampersand has to be one. */
function slackText(text: string): string {
  return chatText(text).replaceAll('&', '&amp;');
}
