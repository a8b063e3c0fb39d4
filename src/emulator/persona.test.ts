import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandSummary, keyNote } from './command-summaries.ts';
import { LURE, loadPersona, personaNames, readPersona } from './persona.ts';
import type { PersonaCommand } from './persona-command.ts';
import { PersonaFault } from './persona-fault.ts';

function faultOf(run: () => unknown): PersonaFault {
  try {
    run();
  } catch (error) {
    if (error instanceof PersonaFault) return error;
  }
  throw new Error('no fault');
}

const withParts = (command: PersonaCommand): PersonaCommand[] => [command, ...(command.subcommands ?? [])];

describe('the shipped personas', () => {
  test('are of four releases, and the usual one is among them', () => {
    expect(personaNames()).toEqual([
      'redis-6.0.16-debian-11',
      'redis-7.0.15-debian-12',
      'redis-8.0.2-debian-13',
      'valkey-8.1.1-debian-13',
    ]);
    expect(personaNames()).toContain(LURE);
  });

  test.for(personaNames())('%s is whole', (name) => {
    const persona = loadPersona(name);

    expect(persona.name).toBe(name);
    expect(Object.keys(persona.settings).toSorted()).toEqual(Object.keys(persona.config).toSorted());
    expect(persona.protected).toEqual(persona.level < 7 ? [] : ['dbfilename', 'dir']);
    expect(persona.sections.map(({ title }) => title)).toContain('Replication');
    expect(persona.categories).toHaveLength(21);
    expect(persona.hello).toEqual(['server', 'version', 'proto', 'id', 'mode', 'role', 'modules']);
  });

  test.for(personaNames())('%s has a sentence of ours for every command, subcommand and remark', (name) => {
    const commands = loadPersona(name).commands.flatMap(withParts);

    const silent = commands.filter((command) => commandSummary(command.name) === '');
    const unremarked = commands.flatMap((command) =>
      (command.keySpecs ?? []).flatMap(({ noted }, at) =>
        noted && keyNote(command.name, at) === '' ? [`${command.name} ${at}`] : [],
      ),
    );

    expect(silent.map((command) => command.name)).toEqual([]);
    expect(unremarked).toEqual([]);
  });

  test.for(personaNames())('%s lets itself be reconfigured', (name) => {
    const { config } = loadPersona(name);

    const allowed = Object.entries(config).filter(([setting]) => setting.startsWith('enable-'));

    expect(allowed.every(([, value]) => value === 'yes')).toBe(true);
    expect(config['protected-mode']).toBe('no');
  });
});

describe('loading a persona', () => {
  test('takes the path of a file of one’s own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sundew-persona-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'mine.json');
    writeFileSync(path, JSON.stringify({ ...loadPersona(), name: 'mine' }));

    const persona = loadPersona(path);

    expect(persona.name).toBe('mine');
  });

  test('names the personas there are when it knows none of that name', () => {
    const { message, remedy } = faultOf(() => loadPersona('redis-1.0'));

    expect(message).toContain("'redis-1.0'");
    for (const name of personaNames()) expect(remedy).toContain(name);
  });

  test.for([
    ['{"format": 2,', 'it is no JSON'],
    ['{"name": "x"}', 'no persona'],
    ['[1, 2]', 'no persona'],
    ['{"format": 1}', 'format 1'],
    ['{"format": 2, "name": 7}', 'damaged: name'],
  ] as const)('says in one line what is wrong with %s', ([text, why]) => {
    const { message, remedy } = faultOf(() => readPersona('mine.json', text));

    expect(message).toContain('mine.json');
    expect(message).toContain(why);
    expect(`${message}${remedy}`).not.toContain('\n');
  });

  test('says so when there is no such file', () => {
    const { message } = faultOf(() => loadPersona('./no-such-persona.json'));

    expect(message).toContain('ENOENT');
  });
});
