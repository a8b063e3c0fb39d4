import type { Reply } from '../../src/wire/reply.ts';
import { createReplyDecoder } from '../../src/wire/reply-decoder.ts';

const LIMITS = {
  maxLine: 1_048_576,
  maxBulk: 1_073_741_824,
  keepBulk: 65_536,
  maxElements: 20_000_000,
  maxDepth: 64,
  maxKept: 1_073_741_824,
};

/** Reads all that a server sends on one connection; says what is wrong with it, undefined while nothing is. */
export function createReplyCheck(): (bytes: string, whole: boolean) => string | undefined {
  const decoder = createReplyDecoder(LIMITS);
  return (bytes, whole) => {
    decoder.push(bytes);
    for (let reply = decoder.next(); reply !== undefined; reply = decoder.next()) {
      if (reply.kind === 'fault') return `${reply.fault}: ${reply.message}`;
      const wrong = brokenLine(reply);
      if (wrong !== undefined) return `a line with a line end in it: ${JSON.stringify(wrong.slice(0, 200))}`;
    }
    return whole && !decoder.idle ? 'a reply that is not whole' : undefined;
  };
}

/** A status or an error that is more than one line. */
function brokenLine(reply: Reply): string | undefined {
  switch (reply.kind) {
    case 'simple':
    case 'error':
      return /[\r\n]/.test(reply.text) ? reply.text : undefined;
    case 'array':
    case 'set':
    case 'push':
      return first(reply.items);
    case 'map':
      return first(reply.pairs.flat());
    case 'attributed':
      return first(reply.attributes.flat()) ?? brokenLine(reply.reply);
    default:
      return undefined;
  }
}

function first(replies: readonly Reply[]): string | undefined {
  for (const reply of replies) {
    const wrong = brokenLine(reply);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
