import { connection, paused } from '../state/live.ts';

const WORDS = { connecting: 'connecting', live: 'live', lost: 'lost', asleep: 'asleep' } as const;

/** Whether what is shown is live. */
export function LiveMark() {
  const state = connection.value;
  const word = paused.value && state === 'live' ? 'paused' : WORDS[state];
  return (
    <span class={`live-mark live-${word}`} role="status" aria-label={`Connection: ${word}`}>
      <span class="dot" aria-hidden="true" />
      {word}
    </span>
  );
}
