import { chatText, cut, fitting } from '../chat-text.ts';
import type { Message } from '../message.ts';

/** Teams takes messages up to 28 KB; what stands around the lines needs less than the rest. */
const LINES_BYTES = 20_000;
/** Around each line: the run and the paragraph it stands in. */
const RUN_BYTES = 90;

/** An adaptive card for a workflow of Teams. Text runs, unlike text blocks, are not read as Markdown. */
export function teamsPayload({ title, lines }: Message): unknown {
  const kept = fitting(lines.map(chatText), LINES_BYTES, (line) => bytesOf(line) + RUN_BYTES);
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            paragraph(cut(chatText(title), 300), 'Bolder'),
            ...kept.map((line) => paragraph(line, 'Default')),
          ],
        },
      },
    ],
  };
}

function paragraph(text: string, weight: 'Bolder' | 'Default'): unknown {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, weight }] };
}

function bytesOf(line: string): number {
  return Buffer.byteLength(JSON.stringify(line));
}
