import { isDenied, textsOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

export const settingChecks: readonly Check[] = [
  observes(
    {
      id: 'U2',
      title: 'CONFIG GET * follows no visible order from 7.0 on',
      why: 'From 7.0 on the order comes from a hash seed of the process: sorted or fixed is made by hand.',
      measured: true,
    },
    async ({ ask, server }) => {
      const answer = await ask('CONFIG', 'GET', '*');
      const names = textsOf(answer).filter((_, at) => at % 2 === 0);
      if (server.level < 7 || isDenied(answer) || names.length < 20) return undefined;
      return names.join() === names.toSorted().join()
        ? { saw: 'CONFIG GET * is sorted by name', expected: 'the order of a hash table' }
        : undefined;
    },
  ),
  observes(
    {
      id: 'C23.protected',
      title: 'protected commands do what the settings say',
      why: 'Lures allow what they claim to forbid: from 7.0 on CONFIG shows whether MODULE and DEBUG are allowed.',
      source: 'redis/redis #9687; docs/self-check.md',
      measured: true,
    },
    async ({ ask, random }) => {
      for (const [setting, words] of [
        ['enable-module-command', ['MODULE', 'UNLOAD', random.hex(6)]],
        ['enable-debug-command', ['DEBUG', random.hex(6)]],
      ] as const) {
        const told = textsOf(await ask('CONFIG', 'GET', setting))[1];
        const answer = await ask(...words);
        if ((told !== 'yes' && told !== 'no') || isDenied(answer)) continue;
        const refused =
          answer.kind === 'error' && answer.text.includes('command not allowed. If the enable-');
        if (refused !== (told === 'no'))
          return {
            saw: `${setting} ${told}, ${words.join(' ')} → ${shown(answer, 120)}`,
            expected: told === 'no' ? 'refused' : 'an error of the command itself',
          };
      }
      return undefined;
    },
  ),
  observes(
    {
      id: 'C21.port',
      title: 'it was dialled on the port it tells',
      why: 'A sensor behind a redirect shows its inner port; so does a real server behind a container’s port mapping.',
      weight: 'weak',
    },
    async ({ info, port }) => {
      const told = (await info('server')).get('tcp_port') ?? '';
      return told === String(port) || told === ''
        ? undefined
        : { saw: `tcp_port:${told.slice(0, 10)}, dialled on ${port}`, expected: 'the same port' };
    },
  ),
];
