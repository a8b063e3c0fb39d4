import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, integer, map, OK, set } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, OUT_OF_MEMORY, SYNTAX } from '../command.ts';
import { mayHold } from '../may-hold.ts';
import type { ClientTracking } from '../tracking.ts';
import {
  MOST_PREFIXES,
  MOST_PREFIXES_OF_CLIENT,
  prefixBytes,
  startTracking,
  stopTracking,
} from '../tracking.ts';
import { since } from '../version.ts';

interface Asked {
  redirect: number;
  broadcast: boolean;
  in: boolean;
  out: boolean;
  noLoop: boolean;
  readonly prefixes: ByteString[];
}

/** CLIENT TRACKING on|off with its options. */
export function tracking(call: Call): ByteString {
  const asked = options(call);
  const word = argument(call, 2).toLowerCase();
  if (word === 'off') stopTracking(call.world, call.client);
  else if (word === 'on') start(call, asked);
  else fail(SYNTAX);
  return OK;
}

function options(call: Call): Asked {
  const asked: Asked = { redirect: 0, broadcast: false, in: false, out: false, noLoop: false, prefixes: [] };
  for (let at = 3; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = at + 1 < call.argv.length;
    if (word === 'redirect' && more) {
      if (asked.redirect !== 0) fail('ERR A client can only redirect to a single other client');
      asked.redirect = Number(exactInteger(argument(call, ++at)));
      if (!call.world.clients.has(asked.redirect)) {
        fail('ERR The client ID you want redirect to does not exist');
      }
    } else if (word === 'bcast') asked.broadcast = true;
    else if (word === 'optin') asked.in = true;
    else if (word === 'optout') asked.out = true;
    else if (word === 'noloop') asked.noLoop = true;
    else if (word === 'prefix' && more) asked.prefixes.push(argument(call, ++at));
    else fail(SYNTAX);
  }
  return asked;
}

function start(call: Call, asked: Asked): void {
  const { tracking: now } = call.client;
  if (!asked.broadcast && asked.prefixes.length > 0) {
    fail('ERR PREFIX option requires BCAST mode to be enabled');
  }
  if (now !== undefined && now.broadcast !== asked.broadcast) {
    fail(
      "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.",
    );
  }
  if (asked.broadcast && (asked.in || asked.out)) fail('ERR OPTIN and OPTOUT are not compatible with BCAST');
  if (asked.in && asked.out) fail("ERR You can't specify both OPTIN mode and OPTOUT mode");
  if ((asked.in && now?.choice === 'out') || (asked.out && now?.choice === 'in')) {
    fail(
      "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode.",
    );
  }
  const { length } = asked.prefixes;
  if (
    call.world.tracking.broadcasts.size + length > MOST_PREFIXES ||
    (now?.prefixes.size ?? 0) + length > MOST_PREFIXES_OF_CLIENT
  )
    fail(OUT_OF_MEMORY);
  mayHold(
    call,
    asked.prefixes.reduce((total, prefix) => total + prefixBytes(prefix), 0),
  );
  if (asked.broadcast && since(call, 6.2)) checkPrefixes(asked.prefixes, now);
  startTracking(
    call.world,
    call.client,
    {
      redirect: asked.redirect,
      broadcast: asked.broadcast,
      choice: asked.in ? 'in' : asked.out ? 'out' : undefined,
      noLoop: asked.noLoop,
    },
    asked.prefixes,
  );
}

/** Two prefixes of a client must not begin with each other. */
function checkPrefixes(prefixes: readonly ByteString[], now: ClientTracking | undefined): void {
  const rule = 'Prefixes for a single client must not overlap.';
  for (const [at, prefix] of prefixes.entries()) {
    for (const other of now?.prefixes ?? []) {
      if (overlap(prefix, other))
        fail(`ERR Prefix '${prefix}' overlaps with an existing prefix '${other}'. ${rule}`);
    }
    for (const other of prefixes.slice(at + 1)) {
      if (overlap(prefix, other))
        fail(`ERR Prefix '${prefix}' overlaps with another provided prefix '${other}'. ${rule}`);
    }
  }
}

const overlap = (one: ByteString, other: ByteString): boolean =>
  one.startsWith(other) || other.startsWith(one);

/** CLIENT CACHING yes|no: for the next command. */
export function caching(call: Call): ByteString {
  const { tracking: now } = call.client;
  if (now === undefined) {
    fail(
      'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
    );
  }
  const word = argument(call, 2).toLowerCase();
  if (word !== 'yes' && word !== 'no') fail(SYNTAX);
  const mode = word === 'yes' ? 'in' : 'out';
  if (now.choice !== mode) {
    fail(
      `ERR CLIENT CACHING ${word.toUpperCase()} is only valid when tracking is enabled in ${mode === 'in' ? 'OPTIN' : 'OPTOUT'} mode.`,
    );
  }
  now.caching = true;
  return OK;
}

export const redirection = ({ client }: Call): ByteString => integer(client.tracking?.redirect ?? -1);

export function trackingInfo(call: Call): ByteString {
  const { tracking: now, resp } = call.client;
  const flags = now === undefined ? ['off'] : flagsOf(now);
  return map(
    [
      bulk('flags'),
      set(flags.map(bulk), resp),
      bulk('redirect'),
      redirection(call),
      bulk('prefixes'),
      bulks([...(now?.prefixes ?? [])].toSorted()),
    ],
    resp,
  );
}

function flagsOf({ broadcast, choice, caching: given, noLoop, broken }: ClientTracking): string[] {
  const flags = ['on'];
  if (broadcast) flags.push('bcast');
  if (choice !== undefined) flags.push(`opt${choice}`);
  if (choice !== undefined && given) flags.push(choice === 'in' ? 'caching-yes' : 'caching-no');
  if (noLoop) flags.push('noloop');
  if (broken) flags.push('broken_redirect');
  return flags;
}
