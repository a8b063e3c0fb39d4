import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import { bulks } from '../../wire/resp-reply.ts';
import { isDenied, itemsOf, numberOf, textOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

/** Name and arity of the rows of COMMAND. */
function rows(answer: Reply | undefined): { name: ByteString; arity: number }[] {
  return (itemsOf(answer) ?? []).flatMap((row) => {
    const items = itemsOf(row);
    const [name, arity] = [textOf(items?.[0]), numberOf(items?.[1])];
    return name === undefined || arity === undefined ? [] : [{ name, arity }];
  });
}

/** C11 and C12: the table of commands is true. */
export const commandTableCheck: Check = observes(
  {
    id: 'C11',
    title: 'every command that it lists is there',
    why: 'Both better emulations list 200 commands and say unknown command to most.',
    source: 'docs/self-check.md; PotSnitch asks a few of them',
  },
  async ({ ask, visit }) => {
    const table = await ask('COMMAND');
    if (isDenied(table)) return undefined;
    const listed = table.kind === 'array' ? rows(table) : [];
    const counted = numberOf(await ask('COMMAND', 'COUNT'));
    if (counted !== listed.length)
      return {
        saw: `COMMAND has ${listed.length} rows, COMMAND COUNT is ${counted}`,
        expected: 'the same number',
      };
    // A command that may stand alone would run: those are left out.
    const asked = listed.filter(({ arity }) => Math.abs(arity) >= 2);
    const line = await visit();
    line.send(asked.map(({ name }) => bulks([name])).join(''));
    const wrong: string[] = [];
    for (const { name } of asked) {
      const answer = await line.reply();
      const right =
        answer.kind === 'error' && /^ERR wrong number of arguments for '[^']*' command$/.test(answer.text);
      if (!right) wrong.push(`${shown({ kind: 'simple', text: name }, 40).slice(1)} → ${shown(answer, 80)}`);
      if (answer.kind === 'silence' || answer.kind === 'closed' || answer.kind === 'garbage') break;
    }
    if (wrong.length === 0) return undefined;
    return {
      saw: `${wrong.length} of ${asked.length} listed commands, called without arguments: ${wrong.slice(0, 5).join('; ')}`,
      expected: 'wrong number of arguments',
    };
  },
);
