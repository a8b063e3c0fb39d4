import { isDenied, numberOf, textOf, textsOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { isRenamed } from '../renamed.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

const source = 'PotSnitch, RedisDetector';
const MANAGEMENT = [
  'MODULE LIST',
  'ACL LIST',
  'MEMORY DOCTOR',
  'SLOWLOG GET 10',
  'DBSIZE',
  'CLIENT LIST',
  'LATENCY LATEST',
  'ACL WHOAMI',
];

/** What PotSnitch asks, judged so that it says nothing about a real server. */
export const potsnitchChecks: readonly Check[] = [
  observes(
    {
      id: 'potsnitch.info',
      title: 'INFO has a real server’s length',
      why: 'Canned INFO texts are short.',
      source,
    },
    async ({ ask }) => {
      const answer = await ask('INFO');
      const lines = (textOf(answer) ?? '').split('\n').length;
      if (isDenied(answer) || lines >= 60) return undefined;
      return {
        saw: `INFO has ${lines} lines: ${shown(answer, 120)}`,
        expected: 'more than 60 lines, from 2.8 on',
      };
    },
  ),
  observes(
    {
      id: 'potsnitch.config',
      title: 'CONFIG GET * shows all settings',
      why: 'Emulations know a handful, or none.',
      source,
    },
    async (probe) => {
      const answer = await probe.ask('CONFIG', 'GET', '*');
      const settings = textsOf(answer).length / 2;
      if (isDenied(answer) || settings >= 60) return undefined;
      if (await isRenamed(probe, 'CONFIG', answer)) return undefined;
      const saw = answer.kind === 'error' || settings === 0 ? shown(answer, 120) : `${settings} settings`;
      return { saw: `CONFIG GET * → ${saw}`, expected: '107 settings in 6.0, about 200 from 7.0 on' };
    },
  ),
  observes(
    {
      id: 'potsnitch.commands',
      title: 'the commands of administrators exist',
      why: 'Four of them unknown is proof to PotSnitch.',
      source,
    },
    async (probe) => {
      const unknown: string[] = [];
      for (const words of MANAGEMENT) {
        const answer = await probe.ask(...words.split(' '));
        if (isDenied(answer) || (await isRenamed(probe, words.split(' ')[0] ?? '', answer))) continue;
        const odd =
          answer.kind === 'simple' ||
          answer.kind === 'silence' ||
          answer.kind === 'closed' ||
          answer.kind === 'garbage';
        if (odd || answer.kind === 'error') unknown.push(`${words} → ${shown(answer, 60)}`);
      }
      return unknown.length === 0
        ? undefined
        : { saw: unknown.join('; '), expected: 'lists, texts and a number' };
    },
  ),
  observes(
    {
      id: 'potsnitch.count',
      title: 'COMMAND COUNT is that of a real server',
      why: 'Fewer than 50 is proof to PotSnitch.',
      source,
    },
    async ({ ask }) => {
      const answer = await ask('COMMAND', 'COUNT');
      const count = numberOf(answer);
      if (isDenied(answer) || (count !== undefined && count >= 150)) return undefined;
      return { saw: `COMMAND COUNT → ${shown(answer, 80)}`, expected: '200 or more' };
    },
  ),
  observes(
    {
      id: 'potsnitch.auth',
      title: 'AUTH without a password set is refused',
      why: 'Emulations let every password in.',
      source,
    },
    async ({ ask, random }) => {
      const guess = random.hex(8);
      const answer = await ask('AUTH', guess);
      if (
        isDenied(answer) ||
        (answer.kind === 'error' &&
          /^(ERR AUTH <password> called without any password configured for the default user\. |ERR Client sent AUTH, but no password is set|WRONGPASS )/.test(
            answer.text,
          ))
      )
        return undefined;
      return {
        saw: `AUTH ${guess} → ${shown(answer, 120)}`,
        expected:
          '-ERR AUTH <password> called without any password configured for the default user. …, or -WRONGPASS …',
      };
    },
  ),
  observes(
    {
      id: 'potsnitch.junk',
      title: 'different junk is answered differently',
      why: 'One canned answer to everything is an emulation.',
      source,
      locked: 'also',
    },
    async ({ dial }) => {
      const heard: string[] = [];
      for (const bytes of ['*1\r\n$15\r\nINVALID_COMMAND\r\n', '*99\r\n', '\0\0\0\0']) {
        const line = await dial();
        line.send(bytes);
        heard.push(await line.heard((text) => text !== '', 250));
      }
      if (heard[0] !== '' && new Set(heard).size === 1)
        return {
          saw: `the same answer to three kinds of junk: ${shown({ kind: 'garbage', text: heard[0] ?? '' }, 80)}`,
          expected: 'an error, silence (or an error and the end) and silence',
        };
      return undefined;
    },
  ),
];
