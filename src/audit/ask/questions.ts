import type { ByteString } from '../../model/bytes.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { Version } from '../vulnerable/server-version.ts';
import type { OptIns } from './allowed.ts';
import { COMMANDS_ASKED_ABOUT, OWN_RUNS, READABLE_SETTINGS } from './allowed.ts';
import { isOlder } from './release.ts';

/** A question that `ACL DRYRUN` is asked about first. */
export type OwnRun = keyof typeof OWN_RUNS;

/** A part of the facts that one question brings. */
export type Part = Exclude<OwnRun, 'moduleCommands' | 'noTouch'>;

/** A part with what it takes to ask for it, or why nobody asks. */
export type Question =
  | { readonly part: Part; readonly argv: readonly ByteString[] }
  | { readonly part: Part; readonly hidden: string };

/** CLIENT LIST takes a server about 3 µs a client; so many stay well below a millisecond. */
const MOST_CLIENTS = 200;

/** What is asked at depth L2, by release. */
export function questionsFor(
  release: Version | undefined,
  info: ServerFacts['info'],
  optIns: OptIns | undefined,
): Question[] {
  const since = (version: Version, part: Part, argv: readonly ByteString[]): Question =>
    isOlder(release, version)
      ? { part, hidden: `this release has no ${argv.slice(0, 2).join(' ')}` }
      : { part, argv };
  const clients = Number(info?.get('connected_clients') ?? 0);
  return [
    { part: 'settings', argv: ['CONFIG', 'GET', ...settingsAtOnce(release)] },
    since([4, 0, 0], 'modules', ['MODULE', 'LIST']),
    since([2, 8, 13], 'commands', ['COMMAND', 'INFO', ...COMMANDS_ASKED_ABOUT]),
    since([6, 0, 0], 'users', ['ACL', 'LIST']),
    since([7, 0, 0], 'libraries', [
      'FUNCTION',
      'LIST',
      ...(optIns?.functionCode === true ? ['WITHCODE'] : []),
    ]),
    since([2, 2, 12], 'slowCalls', OWN_RUNS.slowCalls),
    since([6, 0, 0], 'deniedCalls', OWN_RUNS.deniedCalls),
    clients > MOST_CLIENTS
      ? {
          part: 'clients',
          hidden: `not asked: with ${clients} clients CLIENT LIST would keep the server from others`,
        }
      : since([2, 4, 0], 'clients', OWN_RUNS.clients),
  ];
}

/** Since 7.0 CONFIG GET takes many names; before, and where this is refused, they are asked one by one. */
function settingsAtOnce(release: Version | undefined): readonly ByteString[] {
  return isOlder(release, [7, 0, 0]) ? READABLE_SETTINGS.slice(0, 1) : READABLE_SETTINGS;
}
