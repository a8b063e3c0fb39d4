import type { Act, ActOf } from '../../model/act.ts';

/**
 * Whether a command tells something by itself. Plain ones (negotiate, session setup, tree connect, echo, ...) come by the
 * thousand from scanners and are counted beyond a budget; these are always recorded.
 */
export function isTellingCommand(act: ActOf<'smb.command'>): boolean {
  if (act.continues !== undefined || act.late !== undefined || act.order !== undefined) return true;
  return act.name === 'grooming' || act.subcommand === 'peek-named-pipe' || act.subcommand === 'mixed-forms';
}

export function isPlainSmb(act: Act): boolean {
  return act.type === 'smb.command' && !isTellingCommand(act);
}
