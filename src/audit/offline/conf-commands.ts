import type { Directive } from '../../dump/read-redis-conf.ts';
import { COMMANDS_ASKED_ABOUT } from '../ask/allowed.ts';

/** Of the commands that matter, those that bear their own name after a start with this configuration. */
export function confCommands(directives: readonly Directive[]): ReadonlySet<string> {
  const names = new Set<string>(COMMANDS_ASKED_ABOUT);
  for (const { name, args } of directives) {
    const [old, next = ''] = args.map((word) => word.toLowerCase());
    if (name !== 'rename-command' || old === undefined) continue;
    names.delete(old);
    if (COMMANDS_ASKED_ABOUT.some((known) => known === next)) names.add(next);
  }
  return names;
}
