import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../../test/peers/talk.ts';

describe('DEBUG OBJECT', () => {
  test.for(PERSONAS)('of %s counts the references as OBJECT REFCOUNT does', (persona) => {
    const talk = pretended(persona).connect();

    for (const value of ['5', '9999', '10000', '-1', 'text']) {
      talk.run(['SET', 'key', value]);
      const counted = talk.run(['OBJECT', 'REFCOUNT', 'key']).trim().slice(1);

      expect(talk.run(['DEBUG', 'OBJECT', 'key'])).toContain(` refcount:${counted} `);
    }
  });

  test('tells that a small number belongs to all keys of a Redis, and to one of a Valkey', () => {
    const counts = PERSONAS.map((persona) => {
      const talk = pretended(persona).connect();
      talk.run(['SET', 'key', '5']);
      return /refcount:(\d+)/.exec(talk.run(['DEBUG', 'OBJECT', 'key']))?.[1];
    });

    expect(counts).toEqual(['2147483647', '2147483647', '2147483647', '1']);
  });
});
