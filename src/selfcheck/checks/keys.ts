import { parseInfo } from '../../redis/info.ts';
import { bulks } from '../../wire/resp-reply.ts';
import { isDenied, itemsOf, numberOf, textOf, textsOf } from '../answer-values.ts';
import type { Check, Probe } from '../check.ts';
import { isRenamed } from '../renamed.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

/** KEYS and a full walk are asked of small databases only. */
const MOST_KEYS = 20_000;

export const keyChecks: readonly Check[] = [
  observes(
    {
      id: 'C4',
      title: 'what one connection writes another one reads',
      why: 'Some sensors forget per connection.',
    },
    async ({ visit, key }) => {
      const [one, two] = [await visit(), await visit()];
      await one.ask('SET', key('shared'), 'value');
      const answer = await two.ask('GET', key('shared'));
      return textOf(answer) === 'value' || isDenied(answer)
        ? undefined
        : { saw: `GET on a second connection → ${shown(answer)}`, expected: '"value"' };
    },
  ),
  observes(
    { id: 'C4.databases', title: 'databases are apart', why: 'Emulations take SELECT and ignore it.' },
    async ({ visit, key }) => {
      const line = await visit();
      await line.ask('SET', key('apart'), 'value');
      if ((await line.ask('SELECT', '1')).kind === 'error') return undefined;
      const answer = await line.ask('EXISTS', key('apart'));
      return numberOf(answer) === 0 || isDenied(answer)
        ? undefined
        : { saw: 'a key of database 0 is in database 1', expected: 'not there' };
    },
  ),
  observes(
    {
      id: 'C5',
      title: 'all ways to count keys agree',
      why: 'DBSIZE, INFO, KEYS and SCAN are answered by different parts of an emulation.',
    },
    async (probe) => {
      const { visit, key, ask } = probe;
      for (const name of ['a', 'b', 'c']) await ask('SET', key(name), 'v');
      const line = await visit();
      if ((numberOf(await line.ask('DBSIZE')) ?? 0) > MOST_KEYS) return undefined;
      line.send([['DBSIZE'], ['KEYS', '*'], ['INFO', 'keyspace']].map(bulks).join(''));
      const counted = numberOf(await line.reply());
      const keys = await line.reply();
      const keyspace = parseInfo(textOf(await line.reply()) ?? '').get('db0') ?? '';
      if (isDenied(keys) || (await isRenamed(probe, 'KEYS', keys))) return undefined;
      const named = itemsOf(keys)?.length;
      const told = Number(/keys=(\d+)/.exec(keyspace)?.[1] ?? 0);
      // Keys that are past their time are counted until the server meets them.
      const slack = Number(/expires=(\d+)/.exec(keyspace)?.[1] ?? 0);
      const walked = await walk(probe);
      const apart = (count: number | undefined): boolean =>
        count === undefined || counted === undefined || Math.abs(count - counted) > slack;
      if (
        !apart(named) &&
        !apart(told) &&
        (walked === undefined || Math.abs(walked - (counted ?? 0)) <= slack + 50)
      )
        return undefined;
      return {
        saw: `DBSIZE ${counted}, KEYS * ${named}, INFO keyspace ${told}, SCAN ${walked}`,
        expected: 'the same number',
      };
    },
  ),
  observes(
    {
      id: 'U3',
      title: 'KEYS and SCAN follow no visible order',
      why: 'The order of a real server comes from a seed of its process; maps of other languages keep insertion or alphabet.',
    },
    async ({ ask, key }) => {
      const names = Array.from({ length: 24 }, (_, at) => `k${String((at * 7) % 24).padStart(2, '0')}`);
      const made = names.map((name) => key(name));
      await ask('MSET', ...made.flatMap((name) => [name, 'v']));
      const pattern = `${key('').replace(/\*/g, '')}k*`;
      const found = textsOf(await ask('KEYS', pattern)).join();
      if (found === made.join() || found === made.toReversed().join())
        return { saw: 'KEYS follows the order in which keys were written', expected: 'no order' };
      if (found === made.toSorted().join()) return { saw: 'KEYS follows the alphabet', expected: 'no order' };
      return undefined;
    },
  ),
];

async function walk({ ask }: Probe): Promise<number | undefined> {
  const seen = new Set<string>();
  let cursor = '0';
  for (let page = 0; page < 100; page++) {
    const items = itemsOf(await ask('SCAN', cursor, 'COUNT', '1000'));
    const next = textOf(items?.[0]);
    if (next === undefined) return undefined;
    for (const name of textsOf(items?.[1])) seen.add(name);
    if (next === '0') return seen.size;
    cursor = next;
  }
  return undefined;
}
