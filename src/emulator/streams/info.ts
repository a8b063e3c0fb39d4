import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, NO_SUCH_KEY, nil } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { boundedArray } from '../reply-bound.ts';
import type { Subcommand } from '../subcommand.ts';
import { since } from '../version.ts';
import { entriesReply, entryReply, idReply } from './entry-reply.ts';
import { LAST_ID, ZERO_ID } from './id.ts';
import { lagOf } from './lag.ts';
import { streamOf } from './of-key.ts';
import { radixNodes } from './radix-nodes.ts';
import type { Consumer, ConsumerGroup, PendingEntry, Stream } from './stream.ts';
import { noGroupOfKey, subcommandSyntax } from './syntax.ts';

type Rows = readonly (readonly [name: string, reply: ByteString])[];

function fields(call: Call, rows: Rows): ByteString {
  return map(
    rows.flatMap(([name, reply]) => [bulk(name), reply]),
    call.client.resp,
  );
}

function named(call: Call): Stream {
  return streamOf(call, argument(call, 2)) ?? fail(NO_SUCH_KEY);
}

function consumers(call: Call): ByteString {
  const stream = named(call);
  const name = argument(call, 3);
  const group = stream.groups.get(name) ?? fail(noGroupOfKey(argument(call, 2), name));
  return boundedArray([...group.consumers.values()], (consumer) => {
    const { activeAt } = consumer;
    const rows: [string, ByteString][] = [
      ['name', bulk(consumer.name)],
      ['pending', integer(consumer.pending.size)],
      ['idle', integer(Math.max(0, call.now - consumer.seenAt))],
    ];
    if (since(call, 7.2)) rows.push(['inactive', integer(activeAt === undefined ? -1 : call.now - activeAt)]);
    return fields(call, rows);
  });
}

function progress(call: Call, stream: Stream, group: ConsumerGroup): Rows {
  if (!since(call, 7)) return [];
  const lag = lagOf(call, stream, group);
  return [
    ['entries-read', group.entriesRead === undefined ? nil(call) : integer(group.entriesRead)],
    ['lag', lag === undefined ? nil(call) : integer(lag)],
  ];
}

function groups(call: Call): ByteString {
  const stream = named(call);
  return boundedArray([...stream.groups.values()], (group) =>
    fields(call, [
      ['name', bulk(group.name)],
      ['consumers', integer(group.consumers.size)],
      ['pending', integer(group.pending.size)],
      ['last-delivered-id', idReply(group.lastDelivered)],
      ...progress(call, stream, group),
    ]),
  );
}

function wholeStream(call: Call): ByteString {
  const found = named(call);
  const count = fullCount(call);
  const keys = [...found.entries.nodes()].map(({ id }) => id);
  const { first, last, length } = found.entries;
  const head: Rows = [
    ['length', integer(length)],
    ['radix-tree-keys', integer(keys.length)],
    ['radix-tree-nodes', integer(radixNodes(keys))],
    ['last-generated-id', idReply(found.lastId)],
    ...(since(call, 7)
      ? ([
          ['max-deleted-entry-id', idReply(found.maxDeleted)],
          ['entries-added', integer(found.added)],
          ['recorded-first-entry-id', idReply(first?.id ?? ZERO_ID)],
        ] as const)
      : []),
  ];
  if (count === undefined) {
    return fields(call, [
      ...head,
      ['groups', integer(found.groups.size)],
      ['first-entry', first === undefined ? nil(call) : entryReply(first)],
      ['last-entry', last === undefined ? nil(call) : entryReply(last)],
    ]);
  }
  return fields(call, [
    ...head,
    ['entries', entriesReply(found.entries.range(ZERO_ID, LAST_ID, count))],
    ['groups', boundedArray([...found.groups.values()], (group) => wholeGroup(call, found, group, count))],
  ]);
}

/** How many of each XINFO STREAM FULL shows; undefined without FULL. */
function fullCount(call: Call): number | undefined {
  const words = call.argv.slice(3);
  if (words.length === 0) return undefined;
  const [full = '', word = '', text] = words;
  if ((words.length !== 1 && words.length !== 3) || full.toLowerCase() !== 'full')
    fail(subcommandSyntax(call));
  if (text === undefined) return 10;
  if (word.toLowerCase() !== 'count') fail(subcommandSyntax(call));
  const count = Number(exactInteger(text));
  return count < 0 ? 10 : count === 0 ? Infinity : count;
}

function wholeGroup(call: Call, found: Stream, group: ConsumerGroup, count: number): ByteString {
  const pending = firstOf(group, count);
  return fields(call, [
    ['name', bulk(group.name)],
    ['last-delivered-id', idReply(group.lastDelivered)],
    ...progress(call, found, group),
    ['pel-count', integer(group.pending.size)],
    [
      'pending',
      boundedArray(pending, ([id, entry]) =>
        array([
          idReply(id),
          bulk(entry.consumer.name),
          integer(entry.deliveredAt),
          integer(entry.deliveries),
        ]),
      ),
    ],
    [
      'consumers',
      boundedArray([...group.consumers.values()], (consumer) => wholeConsumer(call, consumer, count)),
    ],
  ]);
}

function wholeConsumer(call: Call, consumer: Consumer, count: number): ByteString {
  const active = integer(consumer.activeAt ?? -1);
  return fields(call, [
    ['name', bulk(consumer.name)],
    ['seen-time', integer(consumer.seenAt)],
    ...(since(call, 7.2) ? ([['active-time', active]] as const) : []),
    ['pel-count', integer(consumer.pending.size)],
    [
      'pending',
      boundedArray(firstOf(consumer, count), ([id, entry]) =>
        array([idReply(id), integer(entry.deliveredAt), integer(entry.deliveries)]),
      ),
    ],
  ]);
}

function firstOf({ pending }: ConsumerGroup | Consumer, count: number): (readonly [string, PendingEntry])[] {
  const found: (readonly [string, PendingEntry])[] = [];
  for (const pair of pending) {
    if (found.length >= count) break;
    found.push(pair);
  }
  return found;
}

export const infoSubcommands: Readonly<Record<string, Subcommand>> = {
  help: { words: 1, run: (call) => helpReply(call, 'XINFO') },
  consumers: { words: 3, run: consumers },
  groups: { words: 2, run: groups },
  stream: { words: -2, run: wholeStream },
};
