import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseTarget } from '../../audit/ask/target.ts';
import type { Persona } from '../../emulator/persona.ts';
import { personaNames, readPersona } from '../../emulator/persona.ts';
import { printable } from '../../model/printable.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { nearestPersona } from '../../persona/nearest.ts';
import { personaText as fileText } from '../../persona/persona-text.ts';
import { recordPersona } from '../../persona/record-persona.ts';
import { hostTraces } from '../../persona/traces.ts';
import type { AddCommand, Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';
import type { ListOptions } from '../list.ts';
import { addFormatOptions, printList } from '../list.ts';
import { asComplaint, choosePersona } from '../persona-choice.ts';
import { personaSummary, personaText, personaView } from '../persona-view.ts';

interface RecordWords {
  readonly out?: string;
  readonly force?: true;
  readonly probeSettings?: true;
}

export const personaCommand: AddCommand = (program, context, end) => {
  const personas = program
    .command('persona')
    .description('what sensors pretend to be: list, show, check, record');
  addFormatOptions(
    personas.command('list', { isDefault: true }).description('the personas that ship with Sundew'),
  )
    .option('--csv', 'as CSV (RFC 4180, safe to open in a spreadsheet)')
    .action((options: ListOptions) =>
      printList(shipped().map(personaSummary), personaView, options, context),
    );
  personas
    .command('show <name>')
    .description('one persona, by name or by the path of its file')
    .option('--json', 'the whole of it, as JSON')
    .action(async (name: string, { json }: { json?: true }) => {
      const persona = choosePersona(name);
      await context.terminal.out(json ? `${safeJson(persona, 2)}\n` : personaText(persona));
    });
  personas
    .command('check <file>')
    .description('whether a file is a persona, and free of traces of the machine it was recorded on')
    .action(async (file: string) => {
      if (await check(file, context)) end(Exit.findings);
    });
  personas
    .command('record <url>')
    .description('record a persona from a Redis or Valkey server: redis://[user:password@]HOST:PORT')
    .option('--out <file>', 'the file to write (default: personas/NAME.json in this folder)')
    .option('--force', 'overwrite the file')
    .option(
      '--probe-settings',
      'ask more, on a server that may be CHANGED: sets every setting to values it should refuse and puts it back, sets two keys and removes them, and sets a password for a second (without this it is only read from, and what a setting takes is taken from the nearest shipped persona)',
    )
    .action((url: string, options: RecordWords) => record(url, options, context));
};

const shipped = (): Persona[] => personaNames().map((name) => choosePersona(name));

async function check(file: string, { terminal }: Context): Promise<boolean> {
  const traces = hostTraces(choosePersona(file.includes('/') ? file : `./${file}`));
  for (const trace of traces) terminal.err(`${printable(trace)}\n`);
  await terminal.out(
    traces.length === 0
      ? `${file} is a persona, and holds no trace of the machine it was recorded on.\n`
      : `${file} is a persona, but tells of the machine it was recorded on: ${traces.length} traces.\n`,
  );
  return traces.length > 0;
}

async function record(url: string, options: RecordWords, context: Context): Promise<void> {
  const target = parseTarget(url);
  if ('fault' in target)
    throw new Complaint(target.fault, 'For example: sundew persona record redis://127.0.0.1:6379');
  if (target.tls) {
    throw new Complaint(
      'A persona is recorded without TLS.',
      'Open the plain port, or a tunnel, and write redis://',
    );
  }
  if (options.out !== undefined) refuseOverwriting(options.out, options);
  const { terminal, signal } = context;
  const { host, port, user, password } = target;
  terminal.err(
    options.probeSettings
      ? `Recording ${target.text}; its settings are changed on the way and put back.\n`
      : `Recording ${target.text}; nothing is changed there.\n`,
  );
  try {
    const persona = await recordPersona({
      address: { host, port },
      login: password === undefined ? undefined : { user, password },
      mayChange: options.probeSettings === true,
      near: (engine, level) => nearestPersona(shipped(), engine, level),
      progress: (what) => {
        if (signal.aborted)
          throw new Complaint('Stopped; nothing was written.', 'Start it again.', Exit.partial);
        terminal.status(`asking for ${what}`);
      },
    });
    await write(persona, options, context);
  } catch (error) {
    throw asComplaint(error);
  } finally {
    terminal.status('');
  }
}

async function write(recorded: Persona, options: RecordWords, { terminal }: Context): Promise<void> {
  const path = options.out ?? join('personas', `${recorded.name}.json`);
  refuseOverwriting(path, options);
  const persona = { ...recorded, name: basename(path, '.json') };
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, fileText(persona));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Complaint(`The persona could not be written: ${why}.`, 'Name another file with --out.');
  }
  readPersona(path, readFileSync(path, 'utf8'));
  for (const trace of hostTraces(persona))
    terminal.err(`look at this before you share it: ${printable(trace)}\n`);
  await terminal.out(`${path}\n`);
  terminal.err(`Play it: sundew up --persona ${path.includes('/') ? path : `./${path}`}\n`);
}

function refuseOverwriting(path: string, { force }: RecordWords): void {
  if (!force && existsSync(path)) {
    throw new Complaint(
      `${path} exists already.`,
      'Overwrite it with --force, or name another file with --out.',
    );
  }
}
