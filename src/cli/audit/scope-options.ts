import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { AllowedDepth } from '../../audit/scope/authorization.ts';
import { parseCidr } from '../../audit/scope/cidr.ts';
import type { CommandLog } from '../../audit/scope/log/command-log.ts';
import { openCommandLog } from '../../audit/scope/log/command-log.ts';
import type { OptOut } from '../../audit/scope/opt-outs.ts';
import { readOptOuts } from '../../audit/scope/opt-outs.ts';
import type { Allowed, ScopeFault } from '../../audit/scope/read-authorizations.ts';
import { readAuthorizations } from '../../audit/scope/read-authorizations.ts';
import type { Scope } from '../../audit/scope/scope.ts';
import { createScope } from '../../audit/scope/scope.ts';
import type { AuditDepth } from '../../model/audit-report.ts';
import { errorCode } from '../../platform/error-code.ts';
import type { Context } from '../context.ts';
import { Complaint } from '../exit.ts';
import { collect, wholeNumber } from '../options.ts';

/** Whom an audit may ask, how deep and how fast. */
export interface ScopeOptions {
  readonly authorization: readonly string[];
  readonly optOut: readonly string[];
  readonly inventory: readonly string[];
  readonly depth?: AuditDepth;
  readonly rate?: number;
  readonly perNetwork?: number;
  readonly networkRate?: number;
  readonly seed: number;
  readonly inOrder?: true;
  readonly loginRanges?: true;
}

export function addScopeOptions(command: Command): Command {
  return command
    .optionsGroup('Whom it may ask, and how deep:')
    .addOption(
      new Option('--authorization <file>', 'who allows what to be asked (YAML); may be repeated')
        .argParser(collect)
        .default([], 'own networks only'),
    )
    .addOption(
      new Option('--opt-out <file>', 'addresses, blocks and names never to ask, one a line; may be repeated')
        .argParser(collect)
        .default([], 'DATA/opt-out.txt where it exists'),
    )
    .addOption(
      new Option(
        '--inventory <file>',
        'targets from an export: kubectl, aws, az, gcloud, docker, ansible-inventory, nmap, masscan, JSON; may be repeated',
      )
        .argParser(collect)
        .default([], 'none')
        .helpGroup('Targets:'),
    )
    .addOption(
      new Option(
        '--depth <level>',
        'look no deeper than this: L0 is it there, L1 INFO, L2 settings and logs, L3 key names, L4 beginnings of values (default: L4)',
      ).choices(AllowedDepth.options),
    )
    .option('--login-ranges', 'send --password-file or REDISCLI_AUTH also to servers that only a range names')
    .optionsGroup('How fast:')
    .addOption(
      new Option(
        '--rate <n>',
        'new connections a second (default: 500, loopback as fast as it goes)',
      ).argParser(wholeNumber(1, 100_000)),
    )
    .addOption(
      new Option('--per-network <n>', 'servers at the same time in one /24 or /48 (default: 16)').argParser(
        wholeNumber(1, 1_000),
      ),
    )
    .addOption(
      new Option(
        '--network-rate <n>',
        'new connections a second to one /24 or /48, unless that is loopback (default: 100)',
      ).argParser(wholeNumber(1, 100_000)),
    )
    .addOption(
      new Option('--seed <n>', 'another order in which ranges are gone through')
        .argParser(wholeNumber(0, 4_294_967_295))
        .default(1),
    )
    .option('--in-order', 'go through ranges address after address');
}

export interface OpenScope {
  readonly scope: Scope;
  /** Opens the log of this run; called once nothing stands against dialling. */
  readonly openLog: () => CommandLog;
}

/** Reads what limits the audit. @throws Complaint for a file that cannot be read, with the line. */
export async function openScope(
  { authorization, optOut }: Pick<ScopeOptions, 'authorization' | 'optOut'>,
  data: string,
  { clock, random, version }: Pick<Context, 'clock' | 'random' | 'version'>,
): Promise<OpenScope> {
  const files: { path: string; sha256: string }[] = [];
  const read = (path: string): string => {
    const text = readText(path);
    files.push({ path, sha256: createHash('sha256').update(text).digest('hex') });
    return text;
  };
  const allowed = authorization.flatMap((path): readonly Allowed[] =>
    orComplain(readAuthorizations({ path, text: read(path) })),
  );
  const usual = optOutFile(data);
  const optOutFiles = [...(existsSync(usual) ? [usual] : []), ...optOut];
  const optOuts = optOutFiles.flatMap((path): readonly OptOut[] => orComplain(readOptOuts(path, read(path))));
  return {
    scope: createScope(allowed, [...optOuts, ...(await addressesOf(optOuts))]),
    openLog: () =>
      openCommandLog(auditLogFolder(data), { run: random.hex(8), version, by: account(), files }, clock),
  };
}

export function auditLogFolder(data: string): string {
  return join(data, 'audit-log');
}

function optOutFile(data: string): string {
  return join(data, 'opt-out.txt');
}

/** Who wants to be left alone under a name is left alone under its addresses as well. */
async function addressesOf(optOuts: readonly OptOut[]): Promise<OptOut[]> {
  const found: OptOut[] = [];
  for (const { of, where } of optOuts) {
    if (typeof of !== 'string' || of.startsWith('*')) continue;
    const addresses = await lookup(of, { all: true }).catch(() => []);
    for (const { address } of addresses) {
      const block = parseCidr(address);
      if (block !== undefined && !('fault' in block)) found.push({ of: block, where });
    }
  }
  return found;
}

function orComplain<T extends object>(result: T | ScopeFault): T {
  if ('fault' in result) throw new Complaint(result.fault, result.remedy);
  return result;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    throw new Complaint(
      `${path} cannot be read (${code}).`,
      'Nothing is asked without it: name the right file.',
    );
  }
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in containers.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
