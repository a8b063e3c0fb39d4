import { isDenied } from '../answer-values.ts';
import type { Check, Probe } from '../check.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

const MEGABYTE = 1_048_576;
const used = async ({ info }: Probe): Promise<number> => Number((await info('memory')).get('used_memory'));

export const memoryChecks: readonly Check[] = [
  observes(
    {
      id: 'C7',
      title: 'three megabytes are stored, and booked',
      why: 'Sensors refuse large values, or show the memory of their recording.',
    },
    async (probe) => {
      const before = await used(probe);
      const answer = await probe.ask('SET', probe.key('large'), 'v'.repeat(3 * MEGABYTE));
      if (isDenied(answer) || (answer.kind === 'error' && answer.text.startsWith('OOM'))) return undefined;
      if (answer.kind !== 'simple') return { saw: `SET of 3 MB → ${shown(answer, 120)}`, expected: '+OK' };
      const grown = (await used(probe)) - before;
      return grown >= 2.5 * MEGABYTE
        ? undefined
        : { saw: `used_memory grew by ${grown}`, expected: 'about 3 MB' };
    },
  ),
  observes(
    { id: 'C24', title: 'a thousand keys are set at once', why: 'Bounded parsers refuse long commands.' },
    async ({ ask, key }) => {
      const pairs = Array.from({ length: 1_000 }, (_, at) => [key(`m${at}`), 'v']).flat();
      const answer = await ask('MSET', ...pairs);
      if (
        isDenied(answer) ||
        answer.kind === 'simple' ||
        (answer.kind === 'error' && answer.text.startsWith('OOM'))
      )
        return undefined;
      return { saw: `MSET of 1,000 pairs → ${shown(answer, 120)}`, expected: '+OK' };
    },
  ),
  observes(
    {
      id: 'P14',
      title: 'a value may have proto-max-bulk-len bytes and not one more',
      why: 'Bounded parsers refuse what CONFIG GET says is allowed.',
    },
    async (probe) => {
      const limit = await setting(probe, 'proto-max-bulk-len');
      if (limit === undefined) return undefined;
      const [within, beyond] = [await probe.visit(), await probe.visit()];
      within.send(`*1\r\n$${limit}\r\n`);
      beyond.send(`*1\r\n$${limit + 1}\r\n`);
      const refused = await beyond.heard((text) => text.endsWith('<closed>'));
      if (refused !== '-ERR Protocol error: invalid bulk length\r\n<closed>') {
        return {
          saw: `$${limit + 1} → ${shown({ kind: 'garbage', text: refused }, 100)}`,
          expected: '-ERR Protocol error: invalid bulk length, and the end',
        };
      }
      const allowed = await within.heard((text) => text !== '', 250);
      return allowed === ''
        ? undefined
        : {
            saw: `$${limit} → ${shown({ kind: 'garbage', text: allowed }, 100)}`,
            expected: 'nothing: it waits for the bytes',
          };
    },
  ),
];

export async function setting({ ask }: Probe, name: string): Promise<number | undefined> {
  const answer = await ask('CONFIG', 'GET', name);
  const value = answer.kind === 'array' ? answer.items[1] : undefined;
  return value?.kind === 'bulk' && /^\d{1,15}$/.test(value.text) ? Number(value.text) : undefined;
}
