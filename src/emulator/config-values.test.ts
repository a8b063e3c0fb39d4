import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PERSONAS, pretended } from '../../test/peers/talk.ts';
import { loadPersona } from './persona.ts';

describe('CONFIG SET', () => {
  test.for(PERSONAS)('of %s takes every setting that is not fixed as it stands', (persona) => {
    const { config, settings } = loadPersona(persona);
    const talk = pretended(persona).connect();
    const fixed = (name: string): boolean =>
      settings[name] === 'fixed' || (name === 'bind' && persona.includes('6.0'));
    const names = Object.keys(config).filter(
      (name) => !fixed(name) && !['dir', 'port', 'maxclients'].includes(name),
    );

    const refused = names.filter(
      (name) => talk.run(['CONFIG', 'SET', name, config[name] ?? '']) !== '+OK\r\n',
    );

    expect(names.length).toBeGreaterThan(80);
    expect(refused).toEqual([]);
  });

  test.for(PERSONAS)('of %s answers any value, and changes nothing when it refuses', (persona) => {
    const { config } = loadPersona(persona);
    const talk = pretended(persona).connect();
    const names = Object.keys(config).filter((name) => !/requirepass|aclfile/.test(name));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer().map(String),
      fc.string(),
    );

    fc.assert(
      fc.property(fc.constantFrom(...names), text, (name, value) => {
        const before = talk.run(['CONFIG', 'GET', name]);
        const reply = talk.run(['CONFIG', 'SET', name, value]);
        expect(reply === '+OK\r\n' || /^-ERR [^\r\n]*\r\n$/.test(reply)).toBe(true);
        const after = talk.run(['CONFIG', 'GET', name]);
        expect(reply === '+OK\r\n' || after === before).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('sets all of several or none, from 7.0 on', () => {
    const talk = pretended(PERSONAS[2]).connect();

    expect(talk.say('CONFIG SET timeout 10 hz abc')).toMatch(/related to argument 'hz'/);
    expect(talk.say('CONFIG GET timeout')).toContain('$1\r\n0\r\n');
    expect(talk.say('CONFIG SET timeout 10 hz 20')).toBe('+OK\r\n');
    expect(talk.say('CONFIG GET timeout')).toContain('$2\r\n10\r\n');
  });

  test.for(PERSONAS.slice(1))('of %s moves to no other port, as if that were taken', (persona) => {
    const talk = pretended(persona).connect();
    const [port, bound] = [talk.say('CONFIG GET port'), talk.say('CONFIG GET bind')];

    const reply = talk.say('CONFIG SET bind 127.0.0.1 port 7000');

    expect(reply).toBe(
      "-ERR CONFIG SET failed (possibly related to argument 'port') - Unable to listen on this port. Check server logs.\r\n",
    );
    expect(talk.say('CONFIG GET port')).toBe(port);
    expect(talk.say('CONFIG GET bind')).toBe(bound);
    expect(talk.say('INFO server')).not.toContain('tcp_port:7000');
  });

  test('gives a setting its value under all its names', () => {
    const talk = pretended(PERSONAS[3]).connect();

    talk.say('CONFIG SET slowlog-max-len 7');

    expect(talk.say('CONFIG GET commandlog-slow-execution-max-len')).toContain('$1\r\n7\r\n');
  });

  test('tells the settings in an order of each server, which stays', () => {
    const order = (seed: number): string => pretended(PERSONAS[1], seed).connect().say('CONFIG GET *');
    const { connect } = pretended(PERSONAS[1]);

    expect(connect().say('CONFIG GET *')).toBe(connect().say('CONFIG GET *'));
    expect(order(1)).not.toBe(order(2));
  });
});
