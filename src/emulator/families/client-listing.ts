import type { ByteString } from '../../model/bytes.ts';
import { integer, OK, verbatim } from '../../wire/resp-reply.ts';
import { clientKind, clientLine, peerAddress } from '../client-list.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { isValkey, since } from '../version.ts';
import type { ClientState } from '../world.ts';
import { clientFilter, kindArgument } from './client-filters.ts';

export function list(call: Call): ByteString {
  const lines = chosen(call).map((client) => `${clientLine(client, call)}\n`);
  return verbatim(lines.join(''), call.client.resp);
}

export function info(call: Call): ByteString {
  return verbatim(`${clientLine(call.client, call)}\n`, call.client.resp);
}

function chosen(call: Call): readonly ClientState[] {
  const clients = [...call.world.clients.values()];
  const option = call.argv[2]?.toLowerCase();
  if (option === undefined) return clients;
  if (isValkey(call)) {
    const { tests, skipMe } = clientFilter(call);
    return clients.filter(
      (one) => !(skipMe === true && one === call.client) && tests.every((test) => test(one)),
    );
  }
  if (option === 'type' && call.argv.length === 4) {
    const kind = kindArgument(call, argument(call, 3));
    return clients.filter((one) => clientKind(one) === kind);
  }
  if (option === 'id' && call.argv.length > 3 && since(call, 6.2)) {
    return call.argv.slice(3).flatMap((text) => {
      const found = call.world.clients.get(Number(exactInteger(text, 'ERR Invalid client ID')));
      return found === undefined ? [] : [found];
    });
  }
  return fail(SYNTAX);
}

/** CLIENT KILL ip:port, or by options. */
export function kill(call: Call): ByteString {
  const clients = [...call.world.clients.values()];
  if (call.argv.length === 3) {
    const found = clients.find((one) => peerAddress(one) === argument(call, 2));
    if (found === undefined) fail('ERR No such client');
    hangUp(call, found);
    return OK;
  }
  const { tests, skipMe } = clientFilter(call);
  if (call.argv.length < 4) fail(SYNTAX);
  const found = clients.filter(
    (one) => !(skipMe !== false && one === call.client) && tests.every((test) => test(one)),
  );
  for (const one of found) hangUp(call, one);
  return integer(found.length);
}

/** Who asks for it gets the reply before. */
export function hangUp({ client }: Pick<Call, 'client'>, one: ClientState): void {
  if (one === client) one.closing = true;
  else one.link.close();
}
