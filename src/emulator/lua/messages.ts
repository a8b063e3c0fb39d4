import type { ByteString } from '../../model/bytes.ts';
import type { LuaOutcome, LuaTask } from './lua-machine.ts';

/** What the server writes when a task begins; `reset` wants a fresh machine. Each `world`, a group of visitors, has one. */
export type Task = (LuaTask | { readonly kind: 'reset' }) & { readonly world: string };

export function writeTask(task: Task): ByteString[] {
  if (task.kind === 'reset') return [task.world, 'reset'];
  const { kind, name, body, library, resp, seed, heap = 0, keys, args } = task;
  const head = [task.world, kind, name, body, library, String(resp), String(seed), String(heap)];
  return [...head, String(keys.length), ...keys, ...args];
}

export function readTask([
  world = '',
  kind,
  name = '',
  body = '',
  library = '',
  resp,
  seed,
  heap,
  count,
  ...words
]: readonly ByteString[]): Task {
  if (kind !== 'eval' && kind !== 'load' && kind !== 'library' && kind !== 'call')
    return { world, kind: 'reset' };
  const keys = Number(count);
  return {
    world,
    kind,
    name,
    body,
    library,
    resp: resp === '3' ? 3 : 2,
    seed: Number(seed),
    heap: Number(heap),
    keys: words.slice(0, keys),
    args: words.slice(keys),
  };
}

export function writeOutcome(outcome: LuaOutcome): ByteString[] {
  if ('reply' in outcome) return ['reply', outcome.reply, ...outcome.functions];
  const { kind, type, text, source, line } = outcome.failure;
  return [kind, type, text === undefined ? 'none' : 'some', text ?? '', source, line];
}

export function readOutcome(words: readonly ByteString[]): LuaOutcome {
  const [kind, first = '', some, text = '', source = '', line = ''] = words;
  if (kind === 'reply') return { reply: first, functions: words.slice(2) };
  return {
    failure: {
      kind: kind === 'uncompiled' ? kind : 'failed',
      type: first,
      text: some === 'some' ? text : undefined,
      source,
      line,
    },
  };
}
