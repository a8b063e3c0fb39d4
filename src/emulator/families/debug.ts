import type { ByteString } from '../../model/bytes.ts';
import { bulk, bulks, errorReply, OK, simpleString, verbatim } from '../../wire/resp-reply.ts';
import { allocatedSize } from '../allocated-size.ts';
import { block } from '../blocking.ts';
import type { Call, Family, Handler } from '../command.ts';
import { argument, fail, integerArgument, NO_SUCH_KEY } from '../command.ts';
import { noteDuration } from '../command-figures.ts';
import { digestBudget, valueDigest, worldDigest } from '../debug/digest.ts';
import { objectLine } from '../debug/object-line.ts';
import { populate } from '../debug/populate.ts';
import { protocolSample } from '../debug/protocol-sample.ts';
import { tableFigures } from '../debug/table-figures.ts';
import { hashForm, objectEncoding, setForm, zsetForm } from '../encoding.ts';
import { helpReply } from '../help-reply.ts';
import { textBytes } from '../memory-usage/text-bytes.ts';
import { saved } from '../persistence.ts';
import { restart } from '../restart.ts';
import { memoryValue } from '../settings/number-value.ts';
import type { Value } from '../value.ts';
import { isValkey, since } from '../version.ts';

/** A real server sleeps with all its clients; here only who asked waits, and not for ever. */
const LONGEST_SLEEP_MS = 60_000;

function sleep(call: Call): ByteString {
  const ms = (Number.parseFloat(argument(call, 2).slice(0, 64)) || 0) * 1_000;
  if (!(ms >= 1) || call.nested) return OK;
  const command = call.world.commands.get('debug');
  const began = call.world.clock.monotonic();
  const long = { ...call, argv: [...call.argv] };
  return block(call, {
    keys: [],
    // A timer can be a little early, a sleep cannot.
    timeoutMs: Math.min(ms, LONGEST_SLEEP_MS) + 1,
    attempt: () => undefined,
    expired: () => {
      const usec = Math.round((call.world.clock.monotonic() - began) * 1_000);
      if (command !== undefined) {
        command.usec += usec;
        noteDuration({ ...long, now: call.world.clock.now() }, command, usec);
      }
      return OK;
    },
  });
}

function valueAt(call: Call, at = 2): Value {
  call.db.size(call.now);
  return call.db.peek(argument(call, at)) ?? fail(NO_SUCH_KEY);
}

function textFigures(call: Call): ByteString {
  const key = argument(call, 2);
  const value = valueAt(call);
  const encoding = value.type === 'string' ? objectEncoding(call, value, key, call.db.expires(key)) : '';
  if (value.type !== 'string' || encoding === 'int') fail('ERR Not an sds encoded string.');
  const { length } = value.text;
  if (isValkey(call)) {
    const whole = allocatedSize(16 + 1 + key.length + 2 + length + 4);
    const room = encoding === 'embstr' ? whole - (16 + 1 + key.length + 2 + length + 4) : 0;
    const own = encoding === 'embstr' ? 0 : textBytes(length);
    return simpleString(
      `key_sds_len:${key.length} key_sds_avail:0 obj_alloc:${whole} val_sds_len:${length} val_sds_avail:${room} val_alloc:${own}`,
    );
  }
  const own = encoding === 'embstr' ? allocatedSize(length + 4) : textBytes(length);
  return simpleString(
    `key_sds_len:${key.length}, key_sds_avail:0, key_zmalloc: ${textBytes(key.length)}, val_sds_len:${length}, val_sds_avail:0, val_zmalloc: ${own}`,
  );
}

/** LISTPACK, ZIPLIST, QUICKLIST: they print on the server's own terminal. */
const printed =
  (name: string, isOne: (call: Call, value: Value) => boolean): Handler =>
  (call) => {
    if (isOne(call, valueAt(call))) return simpleString(`${name} structure printed on stdout`);
    return since(call, 7)
      ? errorReply(`ERR Not a ${name.toLowerCase()} encoded object.`)
      : errorReply('ERR Not an sds encoded string.');
  };

function isPacked(call: Call, value: Value): boolean {
  switch (value.type) {
    case 'hash':
      return hashForm(call, value) !== 'table';
    case 'set':
      return setForm(call, value) === 'packed';
    case 'zset':
      return zsetForm(call, value) === 'packed';
    case 'list':
      return objectEncoding(call, value, '', undefined) === 'listpack';
    default:
      return false;
  }
}

const isNodes = (call: Call, value: Value): boolean =>
  value.type === 'list' && objectEncoding(call, value, '', undefined) === 'quicklist';

function tables(call: Call): ByteString {
  const { world } = call;
  const index = integerArgument(argument(call, 2));
  const database = world.databases[index] ?? fail('ERR Out of range database');
  const full = argument(call, 3).toLowerCase() === 'full';
  const keys = database.keys(call.now);
  const mortal = keys.slice(0, 20_000).filter((key) => database.expires(key) !== undefined);
  const text = `[Dictionary HT]\n${tableFigures(world, keys, full)}[Expires HT]\n${tableFigures(world, mortal, full)}`;
  return verbatim(text, call.client.resp);
}

function tableOfKey(call: Call): ByteString {
  const value = valueAt(call);
  const names =
    value.type === 'hash' && hashForm(call, value) === 'table'
      ? [...value.fields.keys()]
      : value.type === 'set' && setForm(call, value) === 'table'
        ? [...value.members]
        : value.type === 'zset' && zsetForm(call, value) === 'table'
          ? [...value.scores.byMember.keys()]
          : fail('ERR The value stored at the specified key is not represented using an hash table');
  const full = argument(call, 3).toLowerCase() === 'full';
  return verbatim(tableFigures(call.world, names, full), call.client.resp);
}

const RELOAD_WORDS = new Set(['merge', 'noflush', 'nosave']);

function reload(call: Call): ByteString {
  const words = call.argv.slice(2).map((word) => word.toLowerCase());
  if (!words.every((word) => RELOAD_WORDS.has(word))) {
    fail('ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.');
  }
  if (!words.includes('nosave')) saved(call.world, call.now, call.world.dirty);
  return OK;
}

/** What would end the server ends its visitor's connections, and systemd brings it back. */
function crash(call: Call): ByteString {
  restart(call.world);
  call.client.closing = true;
  call.client.aborted = true;
  return '';
}

function replId({ world }: Call): ByteString {
  world.replId = world.random.hex(20);
  world.formerReplId = undefined;
  return OK;
}

function packedThreshold(call: Call): ByteString {
  const bytes = memoryValue(call.world.level, argument(call, 2));
  if (bytes !== undefined && (bytes === 0n || (bytes > 1n && bytes < 4_294_967_296n))) return OK;
  return errorReply('ERR argument must be a memory value bigger than 1 and smaller than 4gb');
}

interface Part {
  /** Words with the subcommand itself; the most of them, when they may be more. */
  readonly words: readonly [least: number, most: number];
  readonly run: Handler;
  /** Releases that have it. */
  readonly when?: (call: Call) => boolean;
}

const ok: Handler = () => OK;
const seven = (call: Call): boolean => since(call, 7);
const newer = (call: Call): boolean => since(call, 8) || isValkey(call);
const part = (run: Handler, least: number, most = least, when?: Part['when']): Part => ({
  words: [least, most],
  run,
  ...(when === undefined ? {} : { when }),
});
const ANY = 1_000;

const PARTS: ReadonlyMap<string, Part> = new Map(
  Object.entries({
    help: part((call) => helpReply(call, 'DEBUG'), 1),
    object: part((call) => simpleString(objectLine(call, argument(call, 2), false)), 2),
    sdslen: part(textFigures, 2),
    ziplist: part(printed('Ziplist', isPacked), 2, 2, (call) => !since(call, 7)),
    listpack: part(printed('Listpack', isPacked), 2, 2, seven),
    quicklist: part(printed('Quicklist', isNodes), 2, 3, seven),
    digest: part(({ world, now }) => simpleString(worldDigest(world.databases, now)), 1),
    'digest-value': part(
      (call) => `${bulks([]).replace('0', String(call.argv.length - 2))}${digests(call)}`,
      2,
      ANY,
    ),
    protocol: part((call) => protocolSample(call) ?? crash(call), 2),
    sleep: part(sleep, 2),
    'set-active-expire': part(ok, 2),
    reload: part(reload, 1, ANY),
    loadaof: part((call) => {
      for (const database of call.world.databases) database.clear();
      return OK;
    }, 1),
    error: part((call) => errorReply(argument(call, 2)), 2),
    log: part(ok, 2),
    leak: part(ok, 2),
    'change-repl-id': part(replId, 1),
    htstats: part(tables, 2),
    'htstats-key': part(tableOfKey, 2),
    populate: part(populate, 2, 4),
    structsize: part(
      () => bulk('bits:64 robj:16 dictentry:24 sdshdr5:1 sdshdr8:3 sdshdr16:5 sdshdr32:9 sdshdr64:17 '),
      1,
    ),
    'stringmatch-test': part(
      (call) =>
        simpleString(`Apparently ${isValkey(call) ? 'the server' : 'Redis'} did not crash: test passed`),
      1,
    ),
    mallctl: part(() => errorReply('ERR No such file or directory'), 2, 3),
    'mallctl-str': part(() => errorReply('ERR No such file or directory'), 2, 3),
    'aof-flush-sleep': part(ok, 2),
    'config-rewrite-force-all': part(ok, 1),
    'lua-always-replicate-commands': part(ok, 2, 2, (call) => !since(call, 7)),
    'set-skip-checksum-validation': part(ok, 2, 2, (call) => since(call, 6.2)),
    'quicklist-packed-threshold': part(packedThreshold, 2, 2, seven),
    'pause-cron': part(ok, 2, 2, seven),
    replicate: part(ok, 2, ANY, seven),
    'set-disable-deny-scripts': part(ok, 2, 2, seven),
    replybuffer: part(replyBuffer, 3, 3, seven),
    'client-eviction': part(
      (call) =>
        call.world.config.get('maxmemory-clients') === '0'
          ? errorReply('ERR maxmemory-clients is disabled.')
          : bulks(['no clients']),
      1,
      1,
      seven,
    ),
    'drop-cluster-packet-filter': part(ok, 2, 2, seven),
    'dict-resizing': part(ok, 2, 2, newer),
    'client-enforce-reply-list': part(ok, 2, 2, isValkey),
    'delay-rdb-client-free-seconds': part(ok, 2, 2, isValkey),
    'disable-cluster-random-ping': part(ok, 2, 2, isValkey),
    'close-cluster-link-on-packet-drop': part(ok, 2, 2, isValkey),
    assert: part(crash, 1, ANY),
    segfault: part(crash, 1, ANY),
    panic: part(crash, 1, ANY),
    restart: part(crash, 1, ANY),
    'crash-and-recover': part(crash, 1, ANY),
    oom: part(crash, 1, ANY),
  }),
);

function digests(call: Call): ByteString {
  call.db.size(call.now);
  const budget = digestBudget();
  return call.argv
    .slice(2)
    .map((key) => simpleString(valueDigest(call.db, key, budget)))
    .join('');
}

function replyBuffer(call: Call): ByteString {
  const words = ['peak-reset-time', 'resizing'];
  return words.includes(argument(call, 2).toLowerCase()) ? OK : errorReply(wrongWords(call));
}

function wrongWords(call: Call): string {
  const begin = since(call, 7) ? 'unknown' : 'Unknown';
  return `ERR ${begin} subcommand or wrong number of arguments for '${argument(call, 1).slice(0, 128)}'. Try DEBUG HELP.`;
}

/** Valkey and Redis 8 take a last word for some. */
const LAST_WORDS: ReadonlyMap<string, (call: Call) => boolean> = new Map([
  ['object', isValkey],
  ['htstats', newer],
  ['htstats-key', newer],
]);

export const debug: Family = {
  debug: (call) => {
    const name = argument(call, 1).toLowerCase();
    const found = PARTS.get(name);
    const given = call.argv.length - 1;
    const most = (found?.words[1] ?? 0) + (LAST_WORDS.get(name)?.(call) === true ? 1 : 0);
    if (found === undefined || given < found.words[0] || given > most) return errorReply(wrongWords(call));
    if (found.when !== undefined && !found.when(call)) return errorReply(wrongWords(call));
    if (name === 'object' && given === 3) {
      const fast = argument(call, 3).toLowerCase() === 'fast';
      return simpleString(objectLine(call, argument(call, 2), fast));
    }
    return found.run(call);
  },
};
