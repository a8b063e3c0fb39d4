import type { ByteString } from '../../model/bytes.ts';

/** What the state of a server lets an audit do. */
export interface ServerLoad {
  /** Why nothing beyond the known names should be asked now; undefined when it is at ease. */
  readonly busy: string | undefined;
  /** Its memory is nearly full: replies have to fit the 16 KiB buffer that each client has anyway. */
  readonly tight: boolean;
}

/** Beyond this share of maxmemory a reply buffer may be what makes it refuse writes, or evict. */
const NEARLY_FULL = 0.97;

/** From INFO. Clients that wait in BLPOP are how queues work, so `blocked_clients` says nothing here. */
export function serverLoad(info: ReadonlyMap<string, ByteString> | undefined): ServerLoad {
  const number = (field: string): number => Number(info?.get(field) ?? 0) || 0;
  const most = number('maxmemory');
  const full = most > 0 && number('used_memory') > NEARLY_FULL * most;
  const evicts = (info?.get('maxmemory_policy') ?? 'noeviction') !== 'noeviction';
  return { busy: whyBusy(number, full && !evicts), tight: full };
}

function whyBusy(number: (field: string) => number, refusesSoon: boolean): string | undefined {
  if (number('loading') === 1 || number('async_loading') === 1) return 'it is loading its data';
  if (number('rdb_bgsave_in_progress') === 1) return 'it is saving its data (BGSAVE)';
  if (number('aof_rewrite_in_progress') === 1) return 'it is rewriting its append-only file';
  if (refusesSoon) return 'its memory is nearly full and it evicts nothing';
  return undefined;
}
