import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecordingLine } from '../../../src/serve/answers.ts';
import { advance, heard } from './play-position.ts';

export interface Player {
  /** Milliseconds since the session opened. */
  readonly position: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly skipPauses: boolean;
  /** Lines that have been said by now. */
  readonly said: number;
  readonly toggle: () => void;
  readonly seek: (ms: number) => void;
  /** To the line before or behind the one said last. */
  readonly step: (by: 1 | -1) => void;
  readonly setSpeed: (speed: number) => void;
  readonly setSkipPauses: (skip: boolean) => void;
}

/** A tab that was not looked at does not make up for it. */
const LONGEST_FRAME_MS = 250;

/** Plays lines along the page's own frames, from `start` on. */
export function usePlayer(lines: readonly RecordingLine[], end: number): Player {
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [skipPauses, setSkipPauses] = useState(true);
  const latest = useRef({ lines, end, speed, skipPauses });
  latest.current = { lines, end, speed, skipPauses };

  useEffect(() => {
    if (!playing) return undefined;
    let last = performance.now();
    const frame = (now: number): void => {
      const { lines: all, end: stop, speed: factor, skipPauses: skip } = latest.current;
      const passed = Math.min(LONGEST_FRAME_MS, Math.max(0, now - last)) * factor;
      last = now;
      setPosition((before) => advance(all, before, passed, stop, skip));
      request = requestAnimationFrame(frame);
    };
    let request = requestAnimationFrame(frame);
    return () => cancelAnimationFrame(request);
  }, [playing]);
  useEffect(() => {
    if (playing && position >= end) setPlaying(false);
  }, [playing, position, end]);

  const said = heard(lines, position);
  const seek = (ms: number): void => setPosition(Math.min(end, Math.max(0, ms)));
  return {
    position,
    playing,
    speed,
    skipPauses,
    said,
    seek,
    setSpeed,
    setSkipPauses,
    toggle: () => {
      if (!playing && position >= end) setPosition(0);
      setPlaying(!playing);
    },
    step: (by) => {
      setPlaying(false);
      // Lines of the same moment are said together.
      const to =
        by === 1 ? lines[said] : lines.slice(0, said).findLast(({ ms }) => ms < (lines[said - 1]?.ms ?? 0));
      seek(to?.ms ?? (by === 1 ? end : 0));
    },
  };
}
