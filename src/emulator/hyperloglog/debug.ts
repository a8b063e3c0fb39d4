import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, errorReply, integer, simpleString } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, no, yes } from '../command.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import { BROKEN, counterOf, keep } from './commands.ts';
import type { Counter } from './counter.ts';
import { sparseText } from './sparse.ts';

/** PFDEBUG: how a HyperLogLog is kept. */
export function debug(call: Call): ByteString {
  const word = argument(call, 1);
  const key = argument(call, 2);
  if (word.toLowerCase() === 'simd' && (since(call, 8) || isValkey(call))) return vectors(call, key);
  const counter = counterOf(call, key) ?? fail('ERR The specified key does not exist');
  const action = ACTIONS.get(word.toLowerCase()) ?? fail(`ERR Unknown PFDEBUG subcommand '${word}'`);
  if (call.argv.length !== 3) fail(`ERR Wrong number of arguments for the '${word}' subcommand`);
  return action(call, key, counter);
}

/** Worlds whose visitors have switched off the processor's vector instructions; it makes no difference here. */
const PLAIN = new WeakSet<World>();

function vectors({ world }: Call, word: ByteString): ByteString {
  const on = word.toLowerCase() === 'on';
  const off = word.toLowerCase() === 'off';
  if (on) PLAIN.delete(world);
  if (off) PLAIN.add(world);
  const state = simpleString(PLAIN.has(world) ? 'disabled' : 'enabled');
  // The server answers twice to anything else.
  return on || off ? state : errorReply('ERR Argument must be ON or OFF') + state;
}

const ACTIONS: ReadonlyMap<string, (call: Call, key: ByteString, counter: Counter) => ByteString> = new Map([
  [
    'getreg',
    (call: Call, key: ByteString, counter: Counter) => {
      densified(call, key, counter);
      return array([...(counter.registers() ?? [])].map(integer));
    },
  ],
  [
    'decode',
    (_call: Call, _key: ByteString, counter: Counter) =>
      counter.encoding === 'sparse'
        ? bulk(sparseText(counter.body()))
        : fail('ERR HLL encoding is not sparse'),
  ],
  ['encoding', (_call: Call, _key: ByteString, counter: Counter) => simpleString(counter.encoding)],
  ['todense', (call: Call, key: ByteString, counter: Counter) => (densified(call, key, counter) ? yes : no)],
]);

/** True when it was sparse before. */
function densified(call: Call, key: ByteString, counter: Counter): boolean {
  if (counter.encoding === 'dense') return false;
  if (!counter.toDense()) fail(BROKEN);
  keep(call, key, counter);
  call.world.dirty++;
  return true;
}
