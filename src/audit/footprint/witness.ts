import type { ByteString } from '../../model/bytes.ts';
import { parseInfo } from '../../redis/info.ts';
import { commandName } from '../../redis/interpret.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { numberOf, textOf } from '../ask/reply-values.ts';

type Info = ReadonlyMap<string, ByteString>;

/** What a server counts of what we sent, under the names that INFO gives the counters. */
export type Tally = ReadonlyMap<string, number>;

/** A connection that keeps count of what it did to the counters of the server between two looks at INFO. */
export interface Witness extends AuditConnection {
  /** Asks INFO once more, for the comparison. */
  lookAgain(): Promise<void>;
  readonly before: Info | undefined;
  readonly after: Info | undefined;
  /** Of the time between. */
  readonly tally: Tally;
}

/** Commands that look a key up, and so count as a hit or a miss. SCAN and MEMORY USAGE do not. */
const LOOKS_UP = new Set(
  'getrange hlen hscan llen lrange scard sscan strlen type xlen xrange zcard zrange'.split(' '),
);

export function witnessed(connection: AuditConnection): Witness {
  const tally = new Map<string, number>();
  let before: Info | undefined;
  let after: Info | undefined;
  const count = (name: string, by: number): void => {
    if (by > 0) tally.set(name, (tally.get(name) ?? 0) + by);
  };
  const note = (argv: readonly ByteString[], reply: Reply): void => {
    const { name } = commandName(argv);
    if (name === 'info' && before === undefined) {
      before = parseInfo(textOf(reply) ?? '');
      tally.clear();
    }
    const error = reply.kind === 'error' ? reply.text : undefined;
    if (error !== undefined) {
      count('total_error_replies', 1);
      count(`errorstat_${error.split(' ', 1)[0] ?? ''}`, 1);
      if (error.startsWith('NOPERM')) count('acl_access_denied_cmd', 1);
    }
    if (error !== undefined && isRejected(error)) return;
    count(`cmdstat_${name}`, 1);
    // Before 7.0 all subcommands were one.
    const [container = ''] = name.split('|', 1);
    if (container !== name) count(`cmdstat_${container}`, 1);
    count('total_commands_processed', 1);
    if (error !== undefined && !error.startsWith('WRONGTYPE')) return;
    if (name === 'exists') {
      const hits = numberOf(reply) ?? 0;
      count('keyspace_hits', hits);
      count('keyspace_misses', argv.length - 1 - hits);
    } else if (LOOKS_UP.has(name)) {
      const missed = name === 'type' && textOf(reply) === 'none';
      count(missed ? 'keyspace_misses' : 'keyspace_hits', 1);
    }
  };
  const ask = async (commands: readonly (readonly ByteString[])[]): Promise<readonly Reply[]> => {
    const replies = await connection.ask(commands);
    for (const [at, argv] of commands.entries()) {
      const reply = replies[at];
      if (reply !== undefined) note(argv, reply);
    }
    return replies;
  };
  return {
    ask,
    lookAgain: async () => {
      if (before === undefined || before.size === 0) return;
      connection.foresee([['INFO', 'all'], ['QUIT']]);
      const [reply] = await connection.ask([['INFO', 'all']]);
      after = parseInfo(textOf(reply) ?? '');
    },
    foresee: (commands) => connection.foresee(commands),
    close: () => connection.close(),
    sent: connection.sent,
    get traffic() {
      return connection.traffic;
    },
    get firstBytes() {
      return connection.firstBytes;
    },
    get address() {
      return connection.address;
    },
    get tls() {
      return connection.tls;
    },
    get before() {
      return before;
    },
    get after() {
      return after;
    },
    tally,
  };
}

/** Errors of commands that were not run, which a server counts as rejected, not as calls. */
function isRejected(error: ByteString): boolean {
  return /^(NOPERM|NOAUTH|ERR (unknown|wrong number|Unknown)|LOADING|BUSY|OOM|MASTERDOWN|MISCONF)/.test(
    error.slice(0, 40),
  );
}
