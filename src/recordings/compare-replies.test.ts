import { describe, expect, test } from 'vitest';
import { bulk, bulks } from '../wire/resp-reply.ts';
import { compareReplies, isUnasked } from './compare-replies.ts';

describe('comparing replies', () => {
  test.for([
    ['+OK\r\n', '+OK\r\n', 'exact'],
    [':5\r\n', ':7\r\n', 'shape'],
    [':5\r\n', '$1\r\n5\r\n', 'different'],
    ['$-1\r\n', bulk('x'), 'different'],
    ['+OK\r\n', '-ERR no\r\n', 'different'],
    [bulk('run_id:0123456789abcdef01\r\nused:1.2M'), bulk('run_id:fedcba9876543210ff\r\nused:901K'), 'shape'],
    [bulk('role:master'), bulk('role:slave'), 'different'],
    [bulks(['a', 'b']), bulks(['b', 'a']), 'shape'],
    [bulks(['a', 'b']), bulks(['a']), 'different'],
    ['%1\r\n+a\r\n:1\r\n', '%1\r\n+a\r\n:2\r\n', 'shape'],
    ['*-1\r\n', '$-1\r\n', 'shape'],
    ['garbage', 'rubbish', 'different'],
  ] as const)('%j and %j are %s', ([one, other, likeness]) => {
    expect(compareReplies(one, other)).toBe(likeness);
  });
});

describe('what nobody asked for', () => {
  test.for([
    [bulks(['message', 'channel', 'text']), true],
    [bulks(['pmessage', 'c*', 'channel', 'text']), true],
    ['>2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n', true],
    ['>3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n', true],
    ['+1767225600.123456 [0 192.0.2.1:5000] "PING"\r\n', true],
    ['>3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n', false],
    ['*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n', false],
    [bulks(['message', 'two']), false],
    ['+OK\r\n', false],
    [':1\r\n', false],
    ['*0\r\n', false],
  ] as const)('%j: %s', ([raw, unasked]) => {
    expect(isUnasked(raw)).toBe(unasked);
  });
});
