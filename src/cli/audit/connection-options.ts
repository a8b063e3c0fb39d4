import type { Command } from 'commander';
import type { OptIns } from '../../audit/ask/allowed.ts';
import type { Expand } from '../../audit/ask/expand-targets.ts';
import type { AuditTarget } from '../../audit/ask/target.ts';
import { parseTarget } from '../../audit/ask/target.ts';
import { Complaint } from '../exit.ts';
import { readPasswordFile } from './password-file.ts';
import { readTlsOptions } from './tls-files.ts';

/** How to reach and enter the targets; `--insecure` is with the options that audit and study share. */
export interface ConnectionOptions {
  readonly cacert?: string;
  readonly cacertdir?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly sni?: string;
  readonly user?: string;
  readonly passwordFile?: string;
  readonly sentinel?: string;
  readonly cluster?: true;
  readonly preferReplica?: true;
  readonly bracket?: true;
  readonly functionCode?: true;
  readonly probePorts: boolean;
}

/** What these options mean for a run. */
export interface Connecting {
  /** A target with login, TLS and wishes; what it names itself stays. */
  readonly prepare: (target: AuditTarget) => AuditTarget;
  readonly expand: Expand;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .option('--user <name>', 'the ACL user for every target that names none')
    .option('--password-file <file>', 'its first line is the password for every target that names none')
    .option('--cacert <file>', 'authorities to verify rediss:// targets with, PEM')
    .option('--cacertdir <folder>', 'the same, all .pem and .crt files of a folder')
    .option('--cert <file>', 'our certificate, for servers that want one of their clients, PEM')
    .option('--key <file>', 'its private key, PEM')
    .option('--sni <name>', 'the name to ask for and to find in certificates, when it is not the host')
    .optionsGroup('Servers that are many, and what is asked besides:')
    .option('--sentinel <group>', 'the targets are Sentinels: audit the servers of this group, and them')
    .option('--cluster', 'audit all nodes of the clusters that the targets belong to')
    .option('--prefer-replica', 'audit a replica in the place of a primary that has one')
    .option('--bracket', 'ask locked servers for their release by bare command names, without a login')
    .option('--function-code', 'read the code of function libraries, not only their names')
    .option('--no-probe-ports', 'do not try the bus of a cluster node, or the plain port beside TLS');
}

/** @throws Complaint when a file cannot be used. `environment` is that of the process: REDISCLI_AUTH is read. */
export function connecting(
  options: ConnectionOptions,
  environment: Readonly<Record<string, string | undefined>>,
  warn: (line: string) => void,
): Connecting {
  const tls = readTlsOptions(options);
  const password =
    options.passwordFile === undefined
      ? (environment['REDISCLI_AUTH'] ?? '')
      : readPasswordFile(options.passwordFile, warn);
  if (options.user !== undefined && password === '')
    throw new Complaint(
      `--user ${options.user} needs a password.`,
      'Give it with --password-file FILE, or as REDISCLI_AUTH in the environment.',
    );
  const group = options.sentinel;
  if (group !== undefined && !/^[\w.-]{1,100}$/.test(group))
    throw new Complaint(`'${group.slice(0, 100)}' is no name of a group.`, 'Write --sentinel mymaster.');
  const optIns: OptIns = {
    bracket: options.bracket === true,
    functionCode: options.functionCode === true,
    probePorts: options.probePorts,
  };
  return {
    prepare: (target) => ({
      ...target,
      ...loginOf(target, options.user, password),
      ...asSentinel(target, group),
      ...(target.tls && tls !== undefined ? { tlsOptions: tls } : {}),
      optIns,
    }),
    expand: { cluster: options.cluster === true, preferReplica: options.preferReplica === true },
  };
}

/** What the target says goes before the options and the environment. */
function loginOf(
  target: AuditTarget,
  user: string | undefined,
  password: string,
): Partial<Pick<AuditTarget, 'user' | 'password' | 'text'>> {
  if (target.password !== undefined || password === '') return {};
  if (user === undefined || target.user !== undefined) return { password };
  return { user, password, text: target.text.replace('://', `://${encodeURIComponent(user)}@`) };
}

function asSentinel(
  target: AuditTarget,
  group: string | undefined,
): Partial<Pick<AuditTarget, 'sentinel' | 'text'>> {
  if (group === undefined || target.sentinel !== undefined || target.socket !== undefined) return {};
  return { sentinel: group };
}

/** What to say when a password stands on the command line, where every user of the machine can read it. */
export function passwordWarning(words: readonly string[]): string | undefined {
  const told = words.some((word) => {
    const target = parseTarget(word);
    return !('fault' in target) && target.password !== undefined;
  });
  return told
    ? 'a password on the command line can be read in the list of processes; use --password-file FILE or REDISCLI_AUTH.'
    : undefined;
}
