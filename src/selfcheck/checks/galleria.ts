import type { Check } from '../check.ts';
import { observes } from './observe.ts';

const source = 'galleria, analysis of RedisHoneyPot';
/** Values that were compiled into a published sensor: the same on every host in the world. */
const COMPILED_IN: ReadonlyMap<string, string> = new Map([
  ['run_id', '41be2f14'],
  ['master_replid', 'e8ab6fdf'],
]);

export const galleriaChecks: readonly Check[] = [
  observes(
    {
      id: 'galleria.ids',
      title: 'its ids are not those of a published sensor',
      why: 'RedisHoneyPot shows the same ids everywhere.',
      source,
    },
    async ({ info }) => {
      const fields = new Map([...(await info('server')), ...(await info('replication'))]);
      for (const [field, start] of COMPILED_IN) {
        const value = fields.get(field) ?? '';
        if (value.startsWith(start))
          return { saw: `${field}:${value.slice(0, 40)}`, expected: '40 random hex digits of its own' };
      }
      return undefined;
    },
  ),
  observes(
    {
      id: 'galleria.text-types',
      title: 'no reply is the text of redis-cli',
      why: 'RedisHoneyPot sends `(nil)` and `(integer) 1` as status lines, which only redis-cli prints.',
      source,
      locked: 'also',
    },
    async ({ said }) => {
      const found = [...said].find((text) => /^\((nil|integer|error|empty)/.test(text));
      return found === undefined ? undefined : { saw: `+${found}`, expected: 'a null or an integer of RESP' };
    },
  ),
];
