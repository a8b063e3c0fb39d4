import { useState } from 'preact/hooks';
import { useRecording } from '../state/use-recording.ts';
import { bytesText } from '../state/words.ts';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';
import { RecordingPlayer } from './recording-player.tsx';

/** What both sides sent, to be played; fetched when somebody wants to see it. */
export function Recording({ session }: { readonly session: string }) {
  const [attempt, setAttempt] = useState(0);
  return (
    <Panel
      title="Recording"
      class="recording-panel"
      side={
        <button type="button" class="small" onClick={() => setAttempt(attempt + 1)}>
          {attempt === 0 ? 'Open the player' : 'Load again'}
        </button>
      }
    >
      {attempt === 0 ? (
        <p class="tape-about dim">The bytes of both sides with their times, as they were sent.</p>
      ) : (
        <Loaded session={session} attempt={attempt} />
      )}
    </Panel>
  );
}

function Loaded({ session, attempt }: { readonly session: string; readonly attempt: number }) {
  const { about, lines, complete, cut, error } = useRecording(session, attempt);
  if (error !== undefined) return <Note tone="bad">{error}</Note>;
  if (about === undefined || (!complete && lines.length === 0)) return <Note>Reading the recording…</Note>;
  if (about === null) {
    return <Note>The bytes of this session were not kept, or have been removed to make room.</Note>;
  }
  const end = Math.max(about.ms, lines.at(-1)?.ms ?? 0);
  return (
    <>
      <RecordingPlayer lines={lines} end={cut ? (lines.at(-1)?.ms ?? 0) : end} />
      <p class="tape-about dim">
        {`${bytesText(about.visitor)} from the visitor, ${bytesText(about.sensor)} from the sensor`}
        {about.lost > 0 && `, ${bytesText(about.lost)} not kept`}
        {!about.begun && '. The beginning has been removed to make room'}
        {!about.ended && '. The visit goes on, or its end was not kept'}
        {cut && '. There is more: sundew replay shows all of it'}
        {!complete && '. Still loading…'}
      </p>
    </>
  );
}
