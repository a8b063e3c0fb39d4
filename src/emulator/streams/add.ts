import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, nil, no, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { isValkey, since } from '../version.ts';
import { idReply } from './entry-reply.ts';
import type { StreamId } from './id.ts';
import { idParts, LAST_ID, nextId, streamId } from './id.ts';
import { changeEntries, nodeLimits, streamOf, streamOrNew } from './of-key.ts';
import type { PartialId } from './parse-id.ts';
import { MOST_WIDE } from './parse-id.ts';
import type { Stream } from './stream.ts';
import { trimStream, trimWords } from './trim.ts';

const TOO_SMALL = 'ERR The ID specified in XADD is equal or smaller than the target stream top item';
const EXHAUSTED = 'ERR The stream has exhausted the last possible ID, unable to add more items';

export function add(call: Call): ByteString {
  const key = argument(call, 1);
  const { trim, id: asked, onlyExisting, at } = trimWords(call, true);
  const words = call.argv.slice(at + 1);
  if (words.length < 2 || words.length % 2 === 1) fail(wrongArity(call));
  if (asked?.ms === 0n && (asked.seq ?? 0n) === 0n)
    fail('ERR The ID specified in XADD must be greater than 0-0');
  if (onlyExisting && streamOf(call, key) === undefined) return nil(call);
  const { stream, fresh } = streamOrNew(call, key);
  if (stream.lastId === LAST_ID) fail(EXHAUSTED);
  const id = idFor(stream, asked, call.now);
  const fields = words.filter((_, index) => index % 2 === 0).map(ownedBytes);
  const values = words.filter((_, index) => index % 2 === 1).map(ownedBytes);
  let removed = 0;
  changeEntries(call, key, stream, fresh, () => {
    stream.entries.append(id, fields, values, nodeLimits(call));
    stream.lastId = id;
    stream.added++;
    if (trim !== undefined) removed = trimStream(stream, trim);
  });
  notify(call, 't', 'xadd', key);
  if (removed > 0) notify(call, 't', 'xtrim', key);
  touched(call, key);
  return idReply(id);
}

function wrongArity(call: Call): string {
  return since(call, 7) || isValkey(call)
    ? "ERR wrong number of arguments for 'xadd' command"
    : 'ERR wrong number of arguments for XADD';
}

function idFor({ lastId }: Stream, asked: PartialId | undefined, now: number): StreamId {
  const last = idParts(lastId);
  if (asked === undefined) {
    const ms = BigInt(now);
    return ms > last.ms ? streamId(ms, 0n) : (nextId(lastId) ?? fail(EXHAUSTED));
  }
  if (asked.seq !== '*') {
    const id = streamId(asked.ms, asked.seq ?? 0n);
    return id > lastId ? id : fail(TOO_SMALL);
  }
  if (asked.ms < last.ms || (asked.ms === last.ms && last.seq === MOST_WIDE)) fail(TOO_SMALL);
  return streamId(asked.ms, asked.ms === last.ms ? last.seq + 1n : 0n);
}

export function trimCommand(call: Call): ByteString {
  const key = argument(call, 1);
  // 6.0 looks at the key first.
  const early = since(call, 6.2) ? undefined : streamOf(call, key);
  if (!since(call, 6.2) && early === undefined) return no;
  const { trim } = trimWords(call, false);
  const stream = early ?? streamOf(call, key);
  if (stream === undefined || trim === undefined) return no;
  let removed = 0;
  changeEntries(call, key, stream, false, () => {
    removed = trimStream(stream, trim);
  });
  if (removed > 0) {
    notify(call, 't', 'xtrim', key);
    touched(call, key, removed);
  }
  return integer(removed);
}
