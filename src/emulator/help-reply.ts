import { join } from 'node:path';
import { z } from 'zod';
import type { ByteString } from '../model/bytes.ts';
import { packagedText } from '../platform/files.ts';
import { array, simpleString } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { isValkey, since } from './version.ts';

/**
 * By persona and command: the lines of its HELP, as the real server of that release sends them. A reply of other words
 * would tell a sensor from a server with one request. Redis up to 7.2 and Valkey are under the 3-clause BSD licence
 * (see NOTICE); of the lines of Redis 8.0, which is not, only those are here that one of the others has too, and for a
 * few in CLIENT and DEBUG words of our own.
 */
const HelpLines = z.record(z.string(), z.record(z.string(), z.array(z.string())));

const recorded = new Map(
  Object.entries(HelpLines.parse(JSON.parse(packagedText(join('data', 'help-lines.json'))))),
);

/** X HELP. */
export function helpReply(call: Call, name: string): ByteString {
  const lines = recorded.get(call.world.persona.name) ?? recorded.get(nearest(call));
  return array((lines?.[name] ?? []).map(simpleString));
}

/** The release whose HELP a persona of one's own shows. */
function nearest(call: Call): string {
  if (isValkey(call)) return 'valkey-8.1.1-debian-13';
  if (!since(call, 6.2)) return 'redis-6.0.16-debian-11';
  return since(call, 7.2) ? 'redis-8.0.2-debian-13' : 'redis-7.0.15-debian-12';
}
