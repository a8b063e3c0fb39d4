import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument, NOT_INTEGER, SYNTAX } from '../command.ts';
import { isValkey, since } from '../version.ts';
import { introductionOf, releaseStream, replicaOf, streamOf } from './replica.ts';

/** REPLCONF: what a replica says of itself, and its acknowledgements, which are not answered. */
export function replconf(call: Call): ByteString {
  if (call.argv.length % 2 === 0) fail(SYNTAX);
  for (let at = 1; at < call.argv.length; at += 2) {
    const word = argument(call, at).toLowerCase();
    if (word === 'getack') return '';
    if (word === 'ack') return acknowledge(call, argument(call, at + 1));
    if (!told(call, word, argument(call, at + 1))) {
      fail(`ERR Unrecognized REPLCONF option: ${argument(call, at)}`);
    }
  }
  return OK;
}

function acknowledge({ world, client }: Call, text: ByteString): ByteString {
  const replica = replicaOf(client);
  if (replica === undefined || !/^\d{1,15}$/.test(text)) return '';
  replica.acknowledged = Math.max(replica.acknowledged, Number(text));
  replica.acknowledgedAt = world.now;
  if (replica.state === 'online' && replica.waiting !== undefined) releaseStream(replica);
  for (const look of streamOf(world).waiting) look();
  return '';
}

/** False for an option that this release does not have. */
function told(call: Call, word: string, value: ByteString): boolean {
  const replica = introductionOf(call.client);
  switch (word) {
    case 'listening-port':
      replica.port = integerArgument(value);
      return true;
    case 'ip-address':
      replica.address = ownedBytes(value.slice(0, 64));
      return true;
    case 'capa':
      if (value.toLowerCase() === 'eof') replica.eof = true;
      if (value.toLowerCase() === 'psync2') replica.psync2 = true;
      return true;
    case 'rdb-only':
      if (since(call, 7)) replica.copyOnly = flag(value);
      return since(call, 7);
    case 'rdb-filter-only':
      if (since(call, 7)) filtered(value);
      return since(call, 7);
    default:
      return toldLater(call, word, value);
  }
}

/** What 8.0 and Valkey 8 have added. */
function toldLater(call: Call, word: string, value: ByteString): boolean {
  const [redis, valkey] = [since(call, 8) && !isValkey(call), isValkey(call)];
  switch (word) {
    case 'rdb-channel':
      if (redis || valkey) flag(value);
      return redis || valkey;
    case 'main-ch-client-id':
      if (redis) fail(`ERR Unrecognized RDB client id: ${integerArgument(value)}`);
      return false;
    case 'set-rdb-client-id':
      if (valkey) fail(`ERR Unrecognized RDB client id ${integerArgument(value)}`);
      return false;
    case 'version':
      if (valkey && !/^\d+\.\d+\.\d+$/.test(value.slice(0, 64))) {
        fail(`ERR Unrecognized version format: ${value}`);
      }
      return valkey;
    default:
      return false;
  }
}

function flag(value: ByteString): boolean {
  const number = integerArgument(value, NOT_INTEGER);
  if (number < 0 || number > 1) fail('ERR value is out of range, value must between 0 and 1');
  return number === 1;
}

function filtered(value: ByteString): void {
  const unknown = value.split(/[ \t]+/).find((word) => word !== '' && word.toLowerCase() !== 'functions');
  if (unknown !== undefined) fail(`ERR Unsupported rdb-filter-only option: ${unknown}`);
}
