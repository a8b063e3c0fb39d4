import type { ByteString } from '../../model/bytes.ts';
import { bulk, OK, push } from '../../wire/resp-reply.ts';
import { aclOf, defaultUser } from '../acl/acl.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument } from '../command.ts';
import { isListening, leaveAll } from '../subscriptions.ts';
import { stopTracking } from '../tracking.ts';
import { since } from '../version.ts';
import { auth, hello } from './auth.ts';
import { client } from './client.ts';
import { endTransaction } from './transactions.ts';

/** RESET: the connection as it was at first. */
function reset(call: Call): ByteString {
  const { world, client: own } = call;
  world.monitors.delete(own);
  own.monitoring = false;
  stopTracking(world, own);
  endTransaction(world, own);
  leaveAll(world, own);
  own.db = 0;
  own.resp = 2;
  own.name = '';
  own.replies = 'on';
  own.noEvict = false;
  own.noTouch = false;
  own.user = defaultUser(aclOf(world));
  own.authenticated = own.user.noPassword && own.user.enabled;
  return '+RESET\r\n';
}

function monitor(call: Call): ByteString {
  const { world, client: own } = call;
  if (call.nested && since(call, 6.2)) fail("ERR MONITOR isn't allowed for DENY BLOCKING client");
  // Who is in it already is not answered.
  if (own.monitoring) return '';
  own.monitoring = true;
  world.monitors.add(own);
  return OK;
}

function select(call: Call): ByteString {
  const index = integerArgument(argument(call, 1), since(call, 6.2) ? undefined : 'ERR invalid DB index');
  if (since(call, 6.2) && (index > 2_147_483_647 || index < -2_147_483_648))
    fail('ERR value is out of range, value must between -2147483648 and 2147483647');
  if (call.world.databases[index] === undefined) fail('ERR DB index is out of range');
  call.client.db = index;
  return OK;
}

export const connection: Family = {
  auth,
  hello,
  reset,
  select,
  ...client,
  monitor,
  ping: (call) => {
    if (call.argv.length > 2) fail(`ERR wrong number of arguments for 'ping' command`);
    if (call.client.resp === 2 && isListening(call.client))
      return push([bulk('pong'), bulk(call.argv[1] ?? '')], 2);
    return call.argv.length === 1 ? '+PONG\r\n' : bulk(argument(call, 1));
  },
  echo: (call) => bulk(argument(call, 1)),
  quit: (call) => {
    call.client.closing = true;
    return OK;
  },
  // What a web browser sends first: Redis takes it for an attack through one and hangs up.
  post: abort,
  'host:': abort,
};

function abort(call: Call): ByteString {
  call.client.closing = true;
  call.client.aborted = true;
  return '';
}
