import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import { DRY_RUNS, OWN_RUNS } from './allowed.ts';
import type { AuditConnection } from './connection.ts';
import type { OwnRun } from './questions.ts';
import { errorOf, textOf } from './reply-values.ts';

export interface DryRuns {
  /** Commands of `DRY_RUNS` that the user may run; undefined when ACL DRYRUN is denied. */
  readonly permitted: ReadonlySet<string> | undefined;
  /** Why `permitted` is undefined. */
  readonly refused: string | undefined;
  /** Questions that the user may not ask, in the words of the server. */
  readonly denied: ReadonlyMap<OwnRun, string>;
}

const OWN = Object.entries(OWN_RUNS) as [OwnRun, readonly ByteString[]][];

/** What the user may do, without doing it and without an entry in ACL LOG (Redis 7.0 and later). */
export async function dryRuns(connection: AuditConnection, user: ByteString): Promise<DryRuns> {
  const self = user.slice(0, 256);
  const runs: readonly (readonly ByteString[])[] = [...DRY_RUNS, ...OWN.map(([, run]) => run)];
  const replies = await connection.ask(runs.map((run) => ['ACL', 'DRYRUN', self, ...run]));
  if (replies.every(({ kind }) => kind === 'error'))
    return { permitted: undefined, refused: errorOf(replies[0]), denied: new Map() };
  const own = replies.slice(DRY_RUNS.length);
  return {
    permitted: new Set(DRY_RUNS.flatMap((run, at) => (textOf(replies[at]) === 'OK' ? [run[0] ?? ''] : []))),
    refused: undefined,
    denied: new Map(
      OWN.flatMap(([name], at): [OwnRun, string][] => {
        const text = textOf(own[at]);
        // 7.0 says "This user has no permissions", later ones name it. What says something else is asked all the same.
        return text?.slice(0, 400).includes('has no permissions') === true
          ? [[name, printable(text, 160)]]
          : [];
      }),
    ),
  };
}
