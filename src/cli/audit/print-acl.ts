import { ACCOUNT, leastPrivilegeAcl } from '../../audit/ask/audit-account.ts';
import type { AuditConnection } from '../../audit/ask/connection.ts';
import { openConnection } from '../../audit/ask/connection.ts';
import { ConversationEnded } from '../../audit/ask/conversation-ended.ts';
import type { ExpandOptions } from '../../audit/ask/expand-targets.ts';
import { gatherFacts } from '../../audit/ask/gather-facts.ts';
import { greet } from '../../audit/ask/greet.ts';
import { redisCli } from '../../audit/ask/redis-cli.ts';
import { releaseOf } from '../../audit/ask/release.ts';
import type { AuditTarget } from '../../audit/ask/target.ts';
import { Complaint, Exit } from '../exit.ts';

export interface AuditAccount {
  /** The `ACL SETUSER` command, for stdout. */
  readonly line: string;
  /** How to use it, for stderr. */
  readonly howTo: readonly string[];
}

/** Asks one server for its release and writes the account an audit of it needs; changes nothing. */
export async function auditAccountFor(target: AuditTarget, options: ExpandOptions): Promise<AuditAccount> {
  let connection: AuditConnection | undefined;
  try {
    connection = await openConnection(target, options.limits, options);
    const greeting = await greet(connection, target, options.limits, options);
    const { engine, info } = await gatherFacts(connection, target, greeting, 'L1');
    const line = leastPrivilegeAcl(releaseOf({ engine, info }));
    const name = `${engine?.name ?? 'the newest Redis'} ${engine?.version ?? ''}`.trim();
    if (line === undefined) {
      throw new Complaint(
        `${target.text} is ${name}: before Redis 6 there are no users.`,
        'Audit it with its password (REDISCLI_AUTH), which may do everything; or upgrade it first.',
        Exit.partial,
      );
    }
    return {
      line,
      howTo: [
        `For ${name}${engine === undefined ? ', for its release is not visible' : ''}. In: ${redisCli(target)} (put a password of your own in the place of NEW-PASSWORD)`,
        ...(engine === undefined || engine.comparable !== undefined
          ? []
          : [`The words are those of Redis; where ${engine.name} does not know one, leave it out`]),
        'To keep it: ACL SAVE where there is an aclfile, else CONFIG REWRITE',
        'It could also empty the ACL LOG, which rights cannot tell from reading it: leave +acl|log out if that matters',
        `Then: sundew audit --user ${ACCOUNT} --password-file FILE ${target.text}`,
      ],
    };
  } catch (error) {
    if (!(error instanceof ConversationEnded)) throw error;
    throw new Complaint(error.message, 'Nothing was changed.', Exit.partial);
  } finally {
    await connection?.close();
  }
}
