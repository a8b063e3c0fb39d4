import { itemsOf, numberOf, textOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { isRenamed } from '../renamed.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

const why = 'Needs a world that connections share; most emulations have none.';

/** C14 to C17: what happens between two connections. */
export const visitorChecks: readonly Check[] = [
  observes({ id: 'C14', title: 'messages are delivered', why }, async ({ visit, key }) => {
    const [one, two] = [await visit(), await visit()];
    await one.ask('SUBSCRIBE', key('news'));
    const count = await two.ask('PUBLISH', key('news'), 'hello');
    if (count.kind === 'error' && count.text.startsWith('NOPERM')) return undefined;
    const message = await one.reply();
    const right = numberOf(count) === 1 && textOf(itemsOf(message)?.[2]) === 'hello';
    return right
      ? undefined
      : {
          saw: `PUBLISH → ${shown(count, 60)}; the subscriber got ${shown(message, 60)}`,
          expected: ':1 and the message',
        };
  }),
  observes({ id: 'C15', title: 'MONITOR shows what others ask', why }, async (probe) => {
    const { visit, random } = probe;
    const [one, two] = [await visit(), await visit()];
    const word = random.hex(8);
    const began = await one.ask('MONITOR');
    if (began.kind === 'error' && began.text.startsWith('NOPERM')) return undefined;
    if (await isRenamed(probe, 'MONITOR', began)) return undefined;
    await two.ask('ECHO', word);
    const got = await one.heard((text) => text.includes(word));
    const right = /\+\d+\.\d{6} \[\d+ [^\]]+:\d+\] "[^\r\n]*\r\n/.test(got) && got.includes(word);
    return right
      ? undefined
      : {
          saw: `MONITOR → ${shown(began, 60)}, then ${shown({ kind: 'garbage', text: got }, 80)}`,
          expected: '+TIME [0 ADDRESS:PORT] "ECHO" …',
        };
  }),
  observes(
    { id: 'C16', title: 'a waiting pop is woken by a push, and ends in time', why },
    async ({ visit, key, clock }) => {
      const [one, two] = [await visit(), await visit()];
      one.send(`*3\r\n$5\r\nBLPOP\r\n$${key('q').length}\r\n${key('q')}\r\n$1\r\n5\r\n`);
      const early = await one.heard((text) => text !== '', 150);
      if (early.startsWith('-NOPERM')) return undefined;
      const pushed = await two.ask('RPUSH', key('q'), 'job');
      const popped = await two.ask('EXISTS', key('q'));
      const got = early === '' ? await one.reply() : undefined;
      if (textOf(itemsOf(got)?.[1]) !== 'job' || numberOf(pushed) !== 1 || numberOf(popped) !== 0) {
        return {
          saw: `BLPOP got ${got === undefined ? 'an answer at once' : shown(got, 80)}, RPUSH ${shown(pushed, 60)}`,
          expected: 'it waits, then gets the element',
        };
      }
      const began = clock.monotonic();
      const nothing = await one.ask('BLPOP', key('q'), '1');
      const took = Math.round(clock.monotonic() - began);
      return nothing.kind === 'null' && took > 900
        ? undefined
        : {
            saw: `BLPOP of one second → ${shown(nothing, 60)} after ${took} ms`,
            expected: 'a null after one second',
          };
    },
  ),
  observes(
    { id: 'C17', title: 'a watched key that changes breaks the transaction', why },
    async ({ visit, key }) => {
      const [one, two] = [await visit(), await visit()];
      await one.ask('WATCH', key('w'));
      await two.ask('SET', key('w'), '1');
      await one.ask('MULTI');
      await one.ask('GET', key('w'));
      const answer = await one.ask('EXEC');
      return answer.kind === 'null'
        ? undefined
        : { saw: `EXEC after WATCH and a change → ${shown(answer)}`, expected: '(nil)' };
    },
  ),
];
