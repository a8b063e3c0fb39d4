import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';
import { liveReplicas } from './replica.ts';

/** FAILOVER never gets far: no replica of ours takes over. Its refusals come in the order of the real server. */
export function failover(call: Call): ByteString {
  const { argv, world } = call;
  let target: string | undefined;
  for (let at = 1; at < argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = argv.length - 1 - at;
    if (word === 'abort' && argv.length === 2) fail('ERR No failover in progress.');
    else if (word === 'timeout' && more >= 1) {
      if (integerArgument(argument(call, ++at)) <= 0) fail('ERR FAILOVER timeout must be greater than 0');
    } else if (word === 'to' && more >= 2 && target === undefined) {
      target = `${argument(call, at + 1)}:${integerArgument(argument(call, at + 2))}`;
      at += 2;
    } else if (word !== 'force') fail(SYNTAX);
  }
  if (world.master !== undefined) fail('ERR FAILOVER is not valid when server is a replica.');
  const online = liveReplicas(world);
  if (online.length === 0) fail('ERR FAILOVER requires connected replicas.');
  if (target === undefined && argv.some((word) => word.toLowerCase() === 'force')) {
    fail('ERR FAILOVER with force option requires both a timeout and target HOST and IP.');
  }
  return fail('ERR FAILOVER target HOST and PORT is not a replica.');
}
