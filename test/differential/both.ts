import type { Line } from '../emulator-probes/line.ts';
import { replyEnd } from '../emulator-probes/line.ts';

/** A reply that the two gave differently. */
export interface Difference {
  readonly command: string;
  readonly real: string;
  readonly sensor: string;
}

/** Sent first: nothing is left of what came before. */
const FRESH = [['DISCARD'], ['FLUSHALL']];
/** Replies of these have no order of their own. */
const UNORDERED = /^(smembers|sinter|sunion|sdiff|hgetall|hkeys|hvals)$/i;
/** Replies of these shrink while time passes. */
const PASSING =
  /^(ttl|pttl|httl|hpttl|expiretime|pexpiretime|hexpiretime|hpexpiretime|getex|object|sort|sort_ro)$/i;

/** Sends the same commands to both and tells where the replies differ. */
export async function differences(
  real: Line,
  sensor: Line,
  commands: readonly string[][],
): Promise<Difference[]> {
  const all = [...FRESH, ...commands, ['DISCARD']];
  const bytes = all.map(framed).join('');
  const [expected, given] = await Promise.all([
    repliesTo(real, bytes, all.length),
    repliesTo(sensor, bytes, all.length),
  ]);
  return all.flatMap((argv, at) => {
    const [one, other] = [shown(argv, expected[at] ?? '<none>'), shown(argv, given[at] ?? '<none>')];
    return one === other
      ? []
      : [{ command: argv.map((word) => JSON.stringify(word)).join(' '), real: one, sensor: other }];
  });
}

function framed(argv: readonly string[]): string {
  return `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

async function repliesTo(line: Line, bytes: string, count: number): Promise<string[]> {
  line.send(bytes);
  const replies: string[] = [];
  let from = 0;
  let text = '';
  await line.until((got) => {
    text = got;
    for (
      let end = replyEnd(got, from);
      end !== undefined && replies.length < count;
      end = replyEnd(got, from)
    ) {
      replies.push(got.slice(from, end));
      from = end;
    }
    return replies.length >= count;
  });
  line.take();
  if (replies.length < count) replies.push(text.slice(from));
  return replies;
}

function shown([name = '']: readonly string[], reply: string): string {
  if (UNORDERED.test(name))
    return reply
      .split(/(?=\$\d+\r\n)/)
      .toSorted()
      .join('');
  if (PASSING.test(name)) return reply.replace(/:\d{3,}/g, ':#').replace(/:[1-9]\d?\r/g, ':#\r');
  return reply;
}
