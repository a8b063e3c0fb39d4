import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameKind } from './frame.ts';
import { frameLength, LONGEST_FRAME, readFrame, writeFrame } from './frame.ts';

const frames = fc.record({
  kind: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<FrameKind>,
  session: fc.stringMatching(/^[0-9a-f]{1,64}$/),
  sequence: fc.nat(),
  ms: fc.double({ min: 0, max: 1e9, noNaN: true }),
  payload: fc.uint8Array({ maxLength: 300 }),
});

describe('frame', () => {
  test('is read as it was written, whatever it holds', () => {
    fc.assert(
      fc.property(frames, fc.nat(100), (frame, at) => {
        const bytes = Buffer.alloc(LONGEST_FRAME + 100);

        const end = writeFrame(bytes, at, 7, frame);

        expect(end).toBe(at + frameLength(frame.session, frame.payload.length));
        const payload = Buffer.from(frame.payload);
        expect(readFrame(bytes, at, 7)).toEqual({ frame: { ...frame, payload }, end });
      }),
    );
  });

  test('is not believed when any of its bits has changed', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(7), (frame, place, bit) => {
        const bytes = Buffer.alloc(frameLength(frame.session, frame.payload.length));
        writeFrame(bytes, 0, 7, frame);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);

        expect(typeof readFrame(bytes, 0, 7)).not.toBe('object');
      }),
    );
  });

  test('says how many bytes it needs while they are not there', () => {
    const bytes = Buffer.alloc(100);
    const end = writeFrame(bytes, 0, 7, { kind: 2, session: 'a', sequence: 0, ms: 0, payload: 'PING' });

    expect(readFrame(bytes.subarray(0, 10), 0, 7)).toBe(28);
    expect(readFrame(bytes.subarray(0, end - 1), 0, 7)).toBe(end);
  });

  test('of another segment is not believed', () => {
    const bytes = Buffer.alloc(100);
    writeFrame(bytes, 0, 7, { kind: 2, session: 'a', sequence: 0, ms: 0, payload: 'PING' });

    expect(readFrame(bytes, 0, 8)).toBeUndefined();
  });
});
