import { hostname, release } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { Persona } from '../emulator/persona.ts';
import { loadPersona, personaNames } from '../emulator/persona.ts';
import { personaText } from './persona-text.ts';
import { hostTraces } from './traces.ts';

const withSetting = (name: string, value: string): Persona => {
  const persona = loadPersona();
  return { ...persona, config: { ...persona.config, [name]: value } };
};

describe('traces of the recording machine', () => {
  test.for(personaNames())('are not in %s', (name) => {
    const persona = loadPersona(name);

    const text = personaText(persona);

    expect(hostTraces(persona)).toEqual([]);
    expect(text.split(/[^\w.-]+/)).not.toContain(hostname());
    for (const word of [release(), process.cwd(), '/home/', '/root', '/tmp'])
      expect(text).not.toContain(word);
    expect(text).not.toMatch(/"(run_id|master_replid|process_id)","[^"]/);
  });

  test.for([
    ['dir', '/home/somebody/redis'],
    ['bind', '198.51.100.7 -::1'],
    ['replica-announce-ip', '203.0.113.9'],
    ['requirepass', 'hunter2'],
    ['tls-key-file', '/etc/ssl/private/own.pem'],
  ] as const)('are found in the setting %s', ([name, value]) => {
    const traces = hostTraces(withSetting(name, value));

    expect(traces).toHaveLength(1);
    expect(traces[0]).toContain(name);
    expect(traces[0]).not.toContain('hunter2');
  });
});

describe('the text of a persona', () => {
  test('reads back as the same persona, with a command a line', () => {
    const persona = loadPersona('valkey-8.1.1-debian-13');

    const text = personaText(persona);

    expect(JSON.parse(text)).toEqual(persona);
    expect(text.split('\n').filter((line) => line.startsWith(' {"name":"get"'))).toHaveLength(1);
  });
});
