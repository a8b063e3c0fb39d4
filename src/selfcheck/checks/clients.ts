import { parseInfo } from '../../redis/info.ts';
import { bulks } from '../../wire/resp-reply.ts';
import { isDenied, numberOf, textOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { observes } from './observe.ts';

export const clientChecks: readonly Check[] = [
  observes(
    {
      id: 'C3',
      title: 'every connection is in CLIENT LIST, once',
      why: 'Emulations show one made-up client, or none.',
      source: 'PotSnitch; docs/self-check.md',
    },
    async ({ visit, random }) => {
      const [one, two] = [await visit(), await visit()];
      const [idOne, idTwo] = [
        numberOf(await one.ask('CLIENT', 'ID')),
        numberOf(await two.ask('CLIENT', 'ID')),
      ];
      if (idOne === undefined || idTwo === undefined || idTwo <= idOne) {
        return { saw: `CLIENT ID of two connections: ${idOne}, then ${idTwo}`, expected: 'growing numbers' };
      }
      const name = random.hex(6);
      await one.ask('CLIENT', 'SETNAME', name);
      // In one packet, so that nobody comes or goes in between.
      two.send(
        [
          ['CLIENT', 'LIST'],
          ['INFO', 'clients'],
          ['INFO', 'replication'],
        ]
          .map(bulks)
          .join(''),
      );
      const list = await two.reply();
      const clients = parseInfo(textOf(await two.reply()) ?? '');
      const replicas = Number(parseInfo(textOf(await two.reply()) ?? '').get('connected_slaves') ?? 0);
      if (isDenied(list)) return undefined;
      const rows = (textOf(list) ?? '').split('\n').filter((row) => row !== '');
      for (const [id, text] of [
        [idOne, `name=${name} `],
        [idTwo, 'cmd=client'],
      ] as const) {
        const row = rows.find((text_) => text_.startsWith(`id=${id} `));
        if (row === undefined || !row.includes(text))
          return {
            saw: `client ${id} is not in CLIENT LIST with ${text.trim()}`,
            expected: 'a row for each connection, as it is now',
          };
      }
      const told = Number(clients.get('connected_clients'));
      if (Math.abs(rows.length - replicas - told) > 2) {
        return { saw: `${rows.length} rows, connected_clients:${told}`, expected: 'the same number' };
      }
      return undefined;
    },
  ),
];
