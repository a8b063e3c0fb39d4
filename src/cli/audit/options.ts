import type { Command } from 'commander';
import { Option } from 'commander';
import { dataOption, ruleFoldersOption, wholeNumber } from '../options.ts';
import type { AuditRunOptions } from './run.ts';

/** Options that audit and study share. */
export interface AuditOptions {
  readonly targets?: string;
  readonly consent?: true;
  readonly insecure?: true;
  readonly sensors: boolean;
  readonly concurrency: number;
  readonly timeout: number;
  readonly data?: string;
  readonly rules: readonly string[];
  readonly json?: true;
  readonly ndjson?: true;
}

export function addAuditOptions(command: Command): Command {
  return command
    .option('--targets <file>', 'more targets: one redis://HOST:PORT a line, # begins a comment')
    .option('--consent', 'you own these servers or may look into them; needed outside of private networks')
    .option(
      '--insecure',
      'send the password also where the certificate of a rediss:// target cannot be verified',
    )
    .option('--no-sensors', 'do not judge by what the sensors of this installation learnt')
    .addOption(
      new Option('--concurrency <n>', 'servers looked at at the same time')
        .argParser(wholeNumber(1, 1_000))
        .default(16),
    )
    .addOption(
      new Option('--timeout <seconds>', 'for the whole audit of one server')
        .argParser(wholeNumber(1, 3_600))
        .default(120),
    )
    .addOption(dataOption())
    .addOption(ruleFoldersOption())
    .addHelpText('after', PASSWORDS);
}

const PASSWORDS = `
Passwords are never shown. One comes from redis://USER:PASSWORD@HOST, or from REDISCLI_AUTH in the environment: that one
goes to every target that names none and asks for one, in clear text unless the target is rediss://. So list only servers
that may know it. A server whose certificate cannot be verified gets none without --insecure.`;

/** What these options mean for a run. */
export function runSettings(options: AuditOptions): Omit<AuditRunOptions, 'each'> {
  return {
    consent: options.consent === true,
    insecure: options.insecure === true,
    concurrency: options.concurrency,
    deadlineMs: options.timeout * 1_000,
  };
}
