import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Option } from 'commander';
import { addConnectionOptions } from '../audit/connection-options.ts';
import { addImpactOptions } from '../audit/impact-options.ts';
import { addAuditOptions } from '../audit/options.ts';
import { addOutputOptions } from '../audit/output-options.ts';
import { printAccount } from '../audit/print-account.ts';
import { authorizationToFill } from '../audit/print-authorization.ts';
import type { RunAuditOptions } from '../audit/run-audit.ts';
import { runAudit } from '../audit/run-audit.ts';
import type { AddCommand, Context } from '../context.ts';
import { auditsFolder, dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { collect } from '../options.ts';

interface Options extends RunAuditOptions {
  readonly printAuthorization?: readonly string[];
  readonly printAcl?: true;
}

export const auditCommand: AddCommand = (program, context, end) => {
  const command = program.command('audit [target...]');
  addOutputOptions(addImpactOptions(addConnectionOptions(addAuditOptions(command))))
    .summary('ask Redis servers, or their files: exposed? infected? leaking? vulnerable? misconfigured?')
    .description(
      'Asks Redis servers, read-only, or reads what they leave behind: exposed? infected? leaking? vulnerable? misconfigured?\n' +
        'A target is redis://HOST:PORT, HOST:PORT, unix:///SOCKET, a range (192.0.2.0/24:6379), a dump.rdb, an appendonly.aof,\n' +
        'a redis.conf, a users.acl, or a folder with these.',
    )
    .optionsGroup('Instead of an audit:')
    .addOption(
      new Option(
        '--print-authorization <range>',
        'print an authorisation file for this range, to be filled in by its owner; may be repeated',
      ).argParser(collect),
    )
    .option('--print-acl', 'print the ACL user with the least rights that audits these servers, and stop')
    .addHelpText('after', EXIT_STATUS)
    .action(async (words: string[], options: Options) => end(await audit(words, options, context)));
};

const EXIT_STATUS = `
Exit status: 0 nothing at or above --fail-on; 1 findings; 2 usage; 3 outside of the scope, nothing was sent; 4 some could not be
audited; 5 a fault of Sundew. How it decides, and what it sends: docs/audit.md.`;

async function audit(words: readonly string[], options: Options, context: Context): Promise<Exit> {
  const { terminal, clock } = context;
  if (options.printAuthorization !== undefined) {
    await terminal.out(authorizationToFill(options.printAuthorization, clock.now()));
    return Exit.fine;
  }
  return options.printAcl === true
    ? printAccount(words, options, context)
    : runAudit(words, options.keep === true ? await withKept(options, clock.now()) : options, context);
}

/** One more file, named after the time, in the data folder. */
async function withKept(options: Options, now: number): Promise<Options> {
  const folder = auditsFolder(dataFolder(options.data));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Complaint(
      `Reports cannot be kept in ${folder}: ${(error as Error).message}.`,
      'Name another data folder with --data DIR.',
    );
  }
  const name = `${new Date(now).toISOString().replaceAll(':', '')}.ndjson`;
  return { ...options, out: [...options.out, join(folder, name)] };
}
