import { numberOf, textsOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { dialogue } from '../dialogue.ts';
import type { Line } from '../line.ts';
import { shown } from '../shown.ts';
import { setting } from './memory.ts';
import { observes } from './observe.ts';

const intrusive = true;

/** What changes the server for a moment and is put back: for one's own sensors and servers that may be lost. */
export const intrusiveChecks: readonly Check[] = [
  observes(
    {
      id: 'C8',
      title: 'a memory limit shows in INFO',
      why: 'Emulations take CONFIG SET and show what they always showed.',
      intrusive,
    },
    async (probe) => {
      const before = await setting(probe, 'maxmemory');
      if (before === undefined) return undefined;
      const answer = await probe.ask('CONFIG', 'SET', 'maxmemory', '4gb');
      const told = (await probe.info('memory')).get('maxmemory_human');
      await probe.ask('CONFIG', 'SET', 'maxmemory', String(before));
      return answer.kind === 'simple' && told === '4.00G'
        ? undefined
        : {
            saw: `CONFIG SET maxmemory 4gb → ${shown(answer, 80)}, maxmemory_human:${told?.slice(0, 20)}`,
            expected: '+OK and 4.00G',
          };
    },
  ),
  observes(
    {
      id: 'C9',
      title: 'SAVE changes LASTSAVE and the counter of changes',
      why: 'Nothing is written, so nothing changes.',
      intrusive,
    },
    async ({ ask, info, key, pause }) => {
      const before = numberOf(await ask('LASTSAVE'));
      await ask('SET', key('dirty'), 'v');
      await pause(1_100);
      const answer = await ask('SAVE');
      if (answer.kind === 'error') return undefined;
      const [after, fields] = [numberOf(await ask('LASTSAVE')), await info('persistence')];
      const right =
        after !== undefined &&
        before !== undefined &&
        after > before &&
        fields.get('rdb_changes_since_last_save') === '0';
      return right
        ? undefined
        : {
            saw: `SAVE → ${shown(answer, 60)}, LASTSAVE ${before} then ${after}, rdb_changes_since_last_save:${fields.get('rdb_changes_since_last_save')?.slice(0, 20)}`,
            expected: 'a later time and 0 changes',
          };
    },
  ),
  observes(
    {
      id: 'C19',
      title: 'a replica says so everywhere',
      why: 'SLAVEOF is where attacks begin; emulations say OK and go on as a master.',
      intrusive,
      measured: true,
    },
    async (probe) => {
      const { ask, info, key, server } = probe;
      const roleNow = (await info('replication')).get('role');
      if (roleNow !== 'master') return undefined;
      const refused = await ask('SLAVEOF', '127.0.0.1', 'x');
      if (refused.kind !== 'error')
        return {
          saw: `SLAVEOF 127.0.0.1 x → ${shown(refused, 80)}`,
          expected: '-ERR Invalid master port, or no integer',
        };
      try {
        const tell = await dialogue(probe, [
          [['SLAVEOF', '127.0.0.1', '1'], '+OK'],
          [['SLAVEOF', '127.0.0.1', '1'], '+OK Already connected to specified master'],
          [['ROLE'], /^\["slave", "127\.0\.0\.1", :1, "(connect|connecting|handshake|none)", :-?\d+\]$/],
          [
            ['SET', key('ro'), 'v'],
            server.level < 7
              ? /^-READONLY You can't write against a read only replica\.( )?$/
              : /^-READONLY You can't write against a read only replica\.$/,
          ],
        ]);
        const fields = await info('replication');
        if (tell !== undefined) return tell;
        const right =
          fields.get('role') === 'slave' &&
          fields.get('master_host') === '127.0.0.1' &&
          fields.get('master_link_status') === 'down';
        return right
          ? undefined
          : {
              saw: `role:${fields.get('role')}, master_host:${fields.get('master_host')}, master_link_status:${fields.get('master_link_status')}`,
              expected: 'slave, 127.0.0.1, down',
            };
      } finally {
        await ask('SLAVEOF', 'NO', 'ONE');
      }
    },
  ),
  observes(
    {
      id: 'S8',
      title: 'MODULE LOAD of a missing file fails as in the version',
      why: 'Emulations say OK, or invent a refusal.',
      intrusive,
      measured: true,
    },
    async (probe) => {
      const told = textsOf(await probe.ask('CONFIG', 'GET', 'enable-module-command'))[1] ?? 'yes';
      return dialogue(probe, [
        [
          ['MODULE', 'LOAD', `/nonexistent/${probe.random.hex(6)}.so`],
          told === 'no'
            ? /^-ERR MODULE command not allowed/
            : '-ERR Error loading the extension. Please check the server logs.',
        ],
      ]);
    },
  ),
  observes(
    {
      id: 'E16',
      title: 'CONFIG SET refuses in the words of the version',
      why: 'The refusals are what attackers meet first.',
      intrusive,
      measured: true,
    },
    async (probe) =>
      dialogue(probe, [
        [
          ['CONFIG', 'SET', 'nosuchsetting', '1'],
          probe.server.level < 7
            ? '-ERR Unsupported CONFIG parameter: nosuchsetting'
            : "-ERR Unknown option or number of arguments for CONFIG SET - 'nosuchsetting'",
        ],
        [
          ['CONFIG', 'SET', 'timeout', 'x'],
          probe.server.level < 7
            ? /^-ERR Invalid argument 'x' for CONFIG SET 'timeout'/
            : /^-ERR CONFIG SET failed \(possibly related to argument 'timeout'\)/,
        ],
      ]),
  ),
  observes(
    { id: 'C25', title: 'slow commands are in SLOWLOG', why: 'Emulations do not measure.', intrusive },
    async ({ ask, random }) => {
      const before = textsOf(await ask('CONFIG', 'GET', 'slowlog-log-slower-than'))[1];
      if (before === undefined) return undefined;
      const word = random.hex(8);
      await ask('CONFIG', 'SET', 'slowlog-log-slower-than', '0');
      await ask('ECHO', word);
      const log = await ask('SLOWLOG', 'GET', '20');
      await ask('CONFIG', 'SET', 'slowlog-log-slower-than', before);
      const named =
        log.kind === 'array' &&
        log.items.some((row) => row.kind === 'array' && textsOf(row.items[3]).includes(word));
      return named
        ? undefined
        : { saw: 'with a threshold of 0 an ECHO is not in SLOWLOG', expected: 'every command' };
    },
  ),
  observes(
    {
      id: 'P26.clients',
      title: 'connections beyond maxclients are refused',
      why: 'A limit that is shown and not kept.',
      intrusive,
    },
    async (probe) => {
      const before = await setting(probe, 'maxclients');
      const connected = Number((await probe.info('clients')).get('connected_clients'));
      if (before === undefined || !(connected < 100)) return undefined;
      await probe.ask('CONFIG', 'SET', 'maxclients', String(connected + 2));
      try {
        const lines: Line[] = [];
        for (let count = 0; count < 4; count++) lines.push(await probe.dial());
        const last = await lines.at(-1)?.heard((text) => text.endsWith('<closed>'), 1_000);
        return last === '-ERR max number of clients reached\r\n<closed>'
          ? undefined
          : {
              saw: `connection ${connected + 4} with maxclients ${connected + 2} → ${shown({ kind: 'garbage', text: last ?? '' }, 80)}`,
              expected: '-ERR max number of clients reached, and the end',
            };
      } finally {
        await probe.ask('CONFIG', 'SET', 'maxclients', String(before));
      }
    },
  ),
];
