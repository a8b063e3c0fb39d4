import { Command, CommanderError } from 'commander';
import { alertsCommand } from './commands/alerts.ts';
import { auditCommand } from './commands/audit.ts';
import { auditLogCommand } from './commands/audit-log.ts';
import { campaignsCommand } from './commands/campaigns.ts';
import { captureCommand } from './commands/capture.ts';
import { checksCommand } from './commands/checks.ts';
import { crsCommand } from './commands/crs.ts';
import { dataCommand } from './commands/data.ts';
import { eventsCommand } from './commands/events.ts';
import { feedCommand } from './commands/feed.ts';
import { findingsCommand } from './commands/findings.ts';
import { importCommand } from './commands/import.ts';
import { indicatorsCommand } from './commands/indicators.ts';
import { personaCommand } from './commands/persona.ts';
import { recordingsCommand } from './commands/recordings.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { rulesCommand } from './commands/rules.ts';
import { selfCheckCommand } from './commands/self-check.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { sourcesCommand } from './commands/sources.ts';
import { storeCommand } from './commands/store.ts';
import { studyCommand } from './commands/study.ts';
import { tokensCommand } from './commands/tokens.ts';
import { upCommand } from './commands/up.ts';
import type { Context } from './context.ts';
import { Complaint, Exit } from './exit.ts';

const EXIT_STATUS = `
Exit status: 0 fine; 1 findings at or above --fail-on, or replies that differ; 2 the command line, a file it names or a port it asks for
cannot be used; 3 a target lies outside of the scope; 4 the job could only be done in part; 5 a fault of Sundew.`;

/** Runs one command line and resolves with its exit status; never rejects. */
export async function runProgram(words: readonly string[], context: Context): Promise<Exit> {
  let status: Exit = Exit.fine;
  const program = new Command('sundew')
    .description(
      'Watches how open Redis servers are attacked, learns from it, and finds out which servers are infected or exposed.',
    )
    .version(context.version)
    .exitOverride()
    .showHelpAfterError('(what it takes: sundew --help)')
    .configureOutput({
      writeOut: (text) => void context.terminal.out(text),
      writeErr: (text) => context.terminal.err(text),
    })
    .addHelpText('after', EXIT_STATUS);
  const end = (exit: Exit): void => {
    status = exit;
  };
  for (const add of [
    upCommand,
    eventsCommand,
    findingsCommand,
    sourcesCommand,
    sessionsCommand,
    indicatorsCommand,
    campaignsCommand,
    feedCommand,
    importCommand,
    captureCommand,
    recordingsCommand,
    replayCommand,
    auditCommand,
    auditLogCommand,
    checksCommand,
    crsCommand,
    dataCommand,
    storeCommand,
    studyCommand,
    reportCommand,
    alertsCommand,
    selfCheckCommand,
    rulesCommand,
    personaCommand,
    tokensCommand,
  ]) {
    add(program, context, end);
  }
  for (const command of program.commands)
    command.showHelpAfterError(`(what it takes: sundew ${command.name()} --help)`);
  try {
    await program.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    return explain(error, context);
  }
}

function explain(error: unknown, { terminal }: Context): Exit {
  if (error instanceof CommanderError) return error.exitCode === 0 ? Exit.fine : Exit.usage;
  if (error instanceof Complaint) {
    terminal.err(`sundew: ${error.message}\n        ${error.remedy}\n`);
    return error.exit;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(`sundew: a fault of Sundew itself; please report it with the lines below.\n${told}\n`);
  return Exit.internal;
}
