import type { EventView } from '../../../src/serve/answers.ts';
import { bytesText } from '../state/words.ts';

/** Arguments of which the journal keeps the head only. */
export function CutNote({ event: { cut } }: { readonly event: EventView }) {
  if (cut === undefined || cut.length === 0) return null;
  return (
    <ul class="cut dim">
      {cut.map(({ index, length, sha256 }) => (
        <li key={index}>
          {`argument ${index + 1} had ${bytesText(length)}, SHA-256 `}
          <code>{sha256}</code>
        </li>
      ))}
    </ul>
  );
}
