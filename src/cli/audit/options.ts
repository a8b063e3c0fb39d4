import type { Command } from 'commander';
import { Option } from 'commander';
import { dataOption, ruleFoldersOption, wholeNumber } from '../options.ts';
import { cvesOption } from '../vulnerability-file.ts';
import { indicatorsOption } from './indicator-files.ts';
import type { AuditRunOptions } from './run.ts';
import type { ScopeOptions } from './scope-options.ts';
import { addScopeOptions } from './scope-options.ts';

/** Options that audit and study share. */
export interface AuditOptions extends ScopeOptions {
  readonly targets?: string;
  readonly insecure?: true;
  readonly sensors: boolean;
  readonly concurrency?: number;
  readonly timeout: number;
  readonly data?: string;
  readonly rules: readonly string[];
  readonly indicators: readonly string[];
  readonly cves?: string;
  readonly json?: true;
  readonly ndjson?: true;
}

export function addAuditOptions(command: Command): Command {
  command
    .optionsGroup('Targets:')
    .option(
      '--targets <file>',
      'more targets: one redis://HOST:PORT or 192.0.2.0/24:6379 a line, # begins a comment',
    );
  return addScopeOptions(command)
    .addOption(
      new Option(
        '--concurrency <n>',
        'servers looked at at the same time (default: 16, of more than 100 servers 64 to 500, as far as the machine keeps up)',
      ).argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option('--timeout <seconds>', 'for the whole audit of one server')
        .argParser(wholeNumber(1, 3_600))
        .default(120),
    )
    .optionsGroup('What it judges by:')
    .addOption(dataOption())
    .addOption(ruleFoldersOption())
    .addOption(indicatorsOption())
    .addOption(cvesOption())
    .option('--no-sensors', 'do not judge by what the sensors of this installation learnt')
    .optionsGroup('Login and TLS:')
    .option(
      '--insecure',
      'send the password also where the certificate of a rediss:// target cannot be verified',
    )
    .addHelpText('after', PASSWORDS);
}

const PASSWORDS = `
Passwords are never shown. One comes from redis://USER:PASSWORD@HOST, or from REDISCLI_AUTH in the environment: that one
goes to every target that names none and asks for one, in clear text unless the target is rediss://. So list only servers
that may know it. A server whose certificate cannot be verified gets none without --insecure.`;

/** What these options mean for a run. */
export function runSettings(options: AuditOptions): Omit<AuditRunOptions, 'each'> {
  return {
    depth: options.depth,
    rate: options.rate,
    perNetwork: options.perNetwork,
    networkRate: options.networkRate,
    loginRanges: options.loginRanges === true,
    insecure: options.insecure === true,
    concurrency: options.concurrency,
    deadlineMs: options.timeout * 1_000,
  };
}
