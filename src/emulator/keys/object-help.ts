import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';
import { since } from '../version.ts';

const OLD: readonly HelpEntry[] = [
  ['ENCODING <key>', 'In which form the value is held.'],
  ['FREQ <key>', 'How often the key is used, on a logarithmic scale.'],
  ['IDLETIME <key>', 'Seconds since the key was last used, roughly.'],
  ['REFCOUNT <key>', 'How many refer to the value.'],
];

const ENTRIES: readonly HelpEntry[] = [
  ['ENCODING <key>', 'In which form the value', 'of a <key> is held.'],
  ['FREQ <key>', 'How often a <key> is used,', 'on a logarithmic scale.'],
  ['IDLETIME <key>', 'Seconds since a <key>', 'was last used, roughly.'],
  ['REFCOUNT <key>', 'How many refer to the value', 'of a <key>.'],
];

/** OBJECT HELP. */
export function objectHelp(call: Call): ByteString {
  return helpReply(call, 'OBJECT', since(call, 6.2) ? ENTRIES : OLD);
}
