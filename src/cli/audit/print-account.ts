import { DEFAULT_AUDIT_LIMITS } from '../../audit/limits.ts';
import { createScope } from '../../audit/scope/scope.ts';
import type { Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { lookupFor } from './asker.ts';
import { connecting } from './connection-options.ts';
import { refuseOutsiders } from './outsiders.ts';
import { auditAccountFor } from './print-acl.ts';
import type { RunAuditOptions } from './run-audit.ts';
import { placeNames } from './scope.ts';
import { openScope } from './scope-options.ts';
import { wantedServers } from './targets.ts';

/** `--print-acl`: for each server the user that an audit of it needs. Asks for its release, changes nothing. */
export async function printAccount(
  words: readonly string[],
  options: RunAuditOptions,
  context: Context,
): Promise<Exit> {
  const { terminal, clock, signal } = context;
  const wanted = wantedServers({ words, file: options.targets, inventories: options.inventory });
  if (wanted.ranges.length > 0 || wanted.named.length === 0) {
    throw new Complaint(
      'Name the servers whose account is to be printed, one by one.',
      'For example: sundew audit --print-acl redis://127.0.0.1:6379',
    );
  }
  const { prepare } = connecting(options, process.env, (line) => terminal.err(`sundew: ${line}\n`));
  const targets = wanted.named.map((one) => {
    if ('fault' in one) throw new Complaint(one.fault, 'Write redis://HOST:PORT.');
    return prepare(one);
  });
  const placed = await placeNames(targets, 16, signal);
  const { scope, openLog } = await openScope(options, dataFolder(options.data), context);
  refuseOutsiders(wanted, placed, scope ?? createScope([], []), clock.now());
  const log = openLog();
  try {
    for (const target of targets) {
      const at = placed.get(target.host);
      log.dial({
        target: target.text,
        address: at === undefined || 'fault' in at ? (target.socket ?? target.host) : at.address,
        depth: 'L1',
        by: undefined,
      });
      const { line, howTo } = await auditAccountFor(target, {
        limits: { ...DEFAULT_AUDIT_LIMITS, deadlineMs: options.timeout * 1_000 },
        signal,
        insecure: options.insecure,
        sending: (commands) => log.sending(target.text, commands),
        ...(at === undefined ? {} : { lookup: lookupFor(at) }),
      });
      await terminal.out(`${line}\n`);
      for (const text of howTo) terminal.err(`# ${text}\n`);
    }
  } finally {
    log.end();
  }
  return Exit.fine;
}
