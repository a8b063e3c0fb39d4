import { useEffect, useRef } from 'preact/hooks';
import type { RecordingLine } from '../../../src/serve/answers.ts';
import { durationText, plural } from '../state/words.ts';
import { Raw } from './raw.tsx';

/** What is drawn at one time; more would make each frame slow. */
const SHOWN = 200;
const FOLD = 400;
const SIGNS = { visitor: '>', sensor: '<', note: '–' } as const;
const WORDS = { visitor: 'visitor', sensor: 'sensor', note: 'note' } as const;

/** What has been said so far, the latest at the bottom. */
export function TapeLines({
  lines,
  said,
}: {
  readonly lines: readonly RecordingLine[];
  readonly said: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [said]);
  const first = Math.max(0, said - SHOWN);
  return (
    <div class="tape" ref={box} tabIndex={0} role="region" aria-label="What both sides sent">
      {said === 0 && <p class="dim">Press Play, or move the time.</p>}
      {first > 0 && <p class="dim">{`${plural(first, 'line')} before these: move the time back.`}</p>}
      <ol>
        {lines.slice(first, said).map((line, at) => (
          <li key={first + at} class={`tape-line tape-${line.from}`}>
            <time class="offset">{`+${durationText(line.ms)}`}</time>
            <span class="tape-sign" title={WORDS[line.from]}>
              {SIGNS[line.from]}
            </span>
            <div class="tape-text">
              {line.text.map((text, row) => (
                <div key={row}>{text === '' ? ' ' : <Raw text={text} fold={FOLD} />}</div>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
