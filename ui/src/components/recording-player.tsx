import type { RecordingLine } from '../../../src/serve/answers.ts';
import { usePlayer } from '../state/use-player.ts';
import { durationText } from '../state/words.ts';
import { SelectField } from './select-field.tsx';
import { TapeLines } from './tape-lines.tsx';
import { TapeStrip } from './tape-strip.tsx';

interface RecordingPlayerProps {
  readonly lines: readonly RecordingLine[];
  readonly end: number;
}

const SPEEDS = [
  ['0.25', '¼ speed'],
  ['1', 'as it was'],
  ['4', '4 times'],
  ['16', '16 times'],
  ['64', '64 times'],
] as const;

/** Play, pause, scrub; every control is the browser's own and takes the keys it always takes. */
export function RecordingPlayer({ lines, end }: RecordingPlayerProps) {
  const player = usePlayer(lines, end);
  const { position, playing, said } = player;
  const time = `${durationText(position)} of ${durationText(end)}`;
  return (
    <div class="player" role="group" aria-label="Player">
      <TapeLines lines={lines} said={said} />
      <div class="player-time">
        <TapeStrip lines={lines} end={end} position={position} />
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.ceil(end))}
          step={1}
          value={Math.round(position)}
          aria-label="Time of the recording"
          aria-valuetext={time}
          onInput={(event) => player.seek(Number(event.currentTarget.value))}
        />
      </div>
      <div class="player-keys">
        <button type="button" onClick={player.toggle}>
          {playing ? 'Pause' : 'Play'}
        </button>
        <button type="button" onClick={() => player.step(-1)} disabled={said === 0}>
          Step back
        </button>
        <button type="button" onClick={() => player.step(1)} disabled={said >= lines.length}>
          Step
        </button>
        <button type="button" onClick={() => player.seek(end)} disabled={said >= lines.length}>
          Show all
        </button>
        <SelectField
          label="Speed"
          options={SPEEDS}
          value={String(player.speed)}
          onChange={(value) => player.setSpeed(Number(value))}
        />
        <label class="toggle">
          <input
            type="checkbox"
            checked={player.skipPauses}
            onChange={(event) => player.setSkipPauses(event.currentTarget.checked)}
          />
          skip pauses
        </label>
        <span class="player-clock">{time}</span>
      </div>
    </div>
  );
}
