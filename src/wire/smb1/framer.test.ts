import { array, assert, constantFrom, integer, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { echo, negotiate } from '../../../test/smb/messages.ts';
import type { Frame } from './framer.ts';
import { createFramer } from './framer.ts';

function framesOf(...chunks: readonly Buffer[]): Frame[] {
  const framer = createFramer();
  const frames: Frame[] = [];
  for (const chunk of chunks) {
    framer.push(chunk);
    for (let frame = framer.next(); frame !== undefined; frame = framer.next()) frames.push(frame);
  }
  return frames;
}

/** What a frame says. */
function told(frame: Frame | undefined): string {
  if (frame?.kind === 'message') return frame.bytes.toString('latin1');
  return frame?.kind === 'fault' ? frame.fault : (frame?.kind ?? 'nothing');
}

describe('the framer', () => {
  test('finds messages however they are cut', () => {
    const stream = Buffer.concat([
      negotiate(),
      echo(1, 'one'),
      Buffer.from('85000000', 'hex'),
      echo(1, 'x'.repeat(9_000)),
    ]);
    const whole = framesOf(stream).map(told);

    assert(
      property(array(integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 60 }), (sizes) => {
        const chunks: Buffer[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(stream.subarray(at, at + size));
          at += size;
        }
        expect(framesOf(...chunks).map(told)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    expect(whole.length).toBe(4);
  });

  test.for([
    ['smb2', '000000b4fe534d42'],
    ['no-smb', '00000003ff534d'],
    ['no-smb', '0000001041424344'],
    ['too-long', '00020001'],
    ['no-netbios', '47455420'],
    ['no-netbios', '81ffffff'],
  ] as const)('tells %s from %s', ([fault, hex]) => {
    const frames = framesOf(Buffer.from(hex.padEnd(16, '00'), 'hex'), echo(1, ''));

    expect(frames.map(told)).toEqual([fault]);
  });

  test('takes a session request and a message of 128 KiB', () => {
    const request = Buffer.from(`81000044${'20'.repeat(68)}`, 'hex');
    const long = Buffer.concat([Buffer.from('00020000ff534d42', 'hex'), Buffer.alloc(131_068)]);

    expect(framesOf(request, long).map(({ kind }) => kind)).toEqual(['session-request', 'message']);
  });

  test('holds one unfinished message at most, and says how much', () => {
    const framer = createFramer();
    const head = Buffer.from('00020000ff534d42', 'hex');
    framer.push(head);
    for (let dripped = 0; dripped < 1_000; dripped++) framer.push(Buffer.from([dripped % 256]));

    expect(framer.next()).toBeUndefined();
    expect(framer.held()).toBe(1_008);
  });

  test('never throws, and says nothing after a fault', () => {
    assert(
      property(
        constantFrom('', '00', '000000', '00000030ff534d42', '85'),
        uint8Array({ maxLength: 300 }),
        (head, rest) => {
          const frames = framesOf(Buffer.from(head, 'hex'), Buffer.from(rest));
          const at = frames.findIndex(({ kind }) => kind === 'fault');
          expect(at === -1 || at === frames.length - 1).toBe(true);
        },
      ),
    );
  });
});
