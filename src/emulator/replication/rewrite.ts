import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument } from '../command.ts';
import { since } from '../version.ts';
import { bulksOf } from './reply-words.ts';

type Words = readonly ByteString[];

/**
 * What replicas get in the place of a command, so that it does the same to them: no relative times from 7.0 on, no
 * chance, no waiting. Not rewritten: what consumer groups read and claim, the bounds of approximate trimming.
 */
export function rewritten(call: Call, name: string, reply: ByteString): readonly Words[] {
  const { argv } = call;
  const key = argument(call, 1);
  switch (name) {
    case 'set':
      return [setWords(call)];
    case 'setex':
    case 'psetex':
      return [since(call, 7) ? timed(call, key, ['SET', key, argument(call, 3)], 'PXAT') : argv];
    case 'expire':
    case 'pexpire':
    case 'expireat':
    case 'pexpireat':
      if (isGone(call, key)) return [removal(call, key)];
      return [since(call, 7) ? ['PEXPIREAT', key, expiry(call, key)] : argv];
    case 'getex':
      if (isGone(call, key)) return [removal(call, key)];
      return [call.db.expires(key) === undefined ? ['PERSIST', key] : ['PEXPIREAT', key, expiry(call, key)]];
    case 'getdel':
      return [['DEL', key]];
    case 'incrbyfloat':
      return [['SET', key, bulksOf(reply)[0] ?? '', 'KEEPTTL']];
    case 'hincrbyfloat':
      return [['HSET', key, argument(call, 2), bulksOf(reply)[0] ?? '']];
    case 'spop':
      return popped(call, key, bulksOf(reply));
    case 'restore':
    case 'restore-asking':
      return [restoreWords(call, key)];
    case 'xadd':
      return [withId(argv, bulksOf(reply)[0] ?? '')];
    case 'lmpop':
    case 'blmpop':
    case 'zmpop':
    case 'bzmpop':
      return [popMany(call, name, bulksOf(reply))];
    default:
      return [unblocked(name, argv, bulksOf(reply)[0] ?? '')];
  }
}

/** Blocking pops as the plain ones that they came to. */
function unblocked(name: string, argv: Words, from: ByteString): Words {
  const [, source = '', target = '', ...sides] = argv;
  switch (name) {
    case 'blpop':
      return ['LPOP', from];
    case 'brpop':
      return ['RPOP', from];
    case 'bzpopmin':
      return ['ZPOPMIN', from];
    case 'bzpopmax':
      return ['ZPOPMAX', from];
    case 'brpoplpush':
      return ['RPOPLPUSH', source, target];
    case 'blmove':
      return ['LMOVE', source, target, ...sides.slice(0, 2)];
    default:
      return argv;
  }
}

const isGone = (call: Call, key: ByteString): boolean => call.db.peek(key) === undefined;

const expiry = (call: Call, key: ByteString): ByteString => String(call.db.expires(key) ?? 0);

function removal({ world }: Call, key: ByteString): Words {
  return [world.config.get('lazyfree-lazy-expire') === 'yes' ? 'UNLINK' : 'DEL', key];
}

/** With the time at which the key goes; a deletion when it has gone already. */
function timed(call: Call, key: ByteString, words: Words, word: string): Words {
  return isGone(call, key) ? removal(call, key) : [...words, word, expiry(call, key)];
}

function setWords(call: Call): Words {
  const { argv } = call;
  const options = argv.slice(3).map((word) => word.toLowerCase());
  if (!since(call, 7)) return argv;
  const key = argument(call, 1);
  if (options.some((word) => /^(ex|px|exat|pxat)$/.test(word))) {
    return timed(call, key, ['SET', key, argument(call, 2)], 'PXAT');
  }
  return argv.filter((_, at) => at < 3 || options[at - 3] !== 'get');
}

function popped(call: Call, key: ByteString, members: readonly ByteString[]): readonly Words[] {
  const whole = call.argv.length > 2 && isGone(call, key);
  if (whole) return [[call.world.config.get('lazyfree-lazy-server-del') === 'yes' ? 'UNLINK' : 'DEL', key]];
  return since(call, 7) ? [['SREM', key, ...members]] : members.map((member) => ['SREM', key, member]);
}

function restoreWords(call: Call, key: ByteString): Words {
  const { argv } = call;
  if (call.db.expires(key) === undefined) return argv;
  const words = [...argv];
  words[2] = expiry(call, key);
  return words.some((word) => word.toLowerCase() === 'absttl') ? words : [...words, 'ABSTTL'];
}

/** XADD with the id that it came to. */
function withId(argv: Words, id: ByteString): Words {
  let at = 2;
  for (; at < argv.length; at++) {
    const word = (argv[at] ?? '').toLowerCase();
    if (word === 'maxlen' || word === 'minid' || word === 'limit') {
      if (argv[at + 1] === '~' || argv[at + 1] === '=') at++;
      at++;
    } else if (!/^(nomkstream|keepref|delref|acked)$/.test(word)) break;
  }
  return argv.map((word, index) => (index === at ? id : word));
}

/** The key that was popped from, and how many. */
function popMany(call: Call, name: string, [key = '', ...items]: readonly ByteString[]): Words {
  const sorted = name.includes('z');
  const words = call.argv.map((word) => word.toLowerCase());
  if (sorted) return [words.includes('min') ? 'ZPOPMIN' : 'ZPOPMAX', key, String(items.length)];
  return [words.includes('left') ? 'LPOP' : 'RPOP', key, String(items.length)];
}
