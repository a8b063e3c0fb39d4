import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bare,
  body,
  echo,
  extendedSetup,
  FLAGS2_EXTENDED,
  negotiate,
  ntlm,
  oldSetup,
  SHAPES,
  sessionSetup,
  treeConnect,
} from '../../../test/smb/messages.ts';
import { Act } from '../../model/act.ts';
import type { Block } from '../../wire/smb1/blocks.ts';
import { decodeBlocks } from '../../wire/smb1/blocks.ts';
import { packed } from '../../wire/smb1/bytes.ts';
import { COMMAND } from '../../wire/smb1/commands.ts';
import type { Header } from '../../wire/smb1/header.ts';
import { decodeHeader } from '../../wire/smb1/header.ts';
import { personalityOf } from './personality.ts';
import { replyTo } from './reply-to.ts';
import { createTransactions } from './transactions.ts';

interface Said {
  readonly acts: readonly Act[];
  readonly header: Header | undefined;
  readonly blocks: readonly Block[];
}

/** Says messages (with their frames) one after the other; each with its reply. */
function visit(...messages: readonly Buffer[]): Said[] {
  const guest = {
    personality: personalityOf('test'),
    challenge: Buffer.from('0102030405060708', 'hex'),
    transactions: createTransactions(),
    now: () => 1_700_000_000_000,
  };
  return messages.map((message) => {
    const acts: Act[] = [];
    const reply = replyTo(message.subarray(4), guest, (act) => acts.push(Act.parse(act)));
    const header = reply === undefined ? undefined : decodeHeader(reply);
    return {
      acts,
      header,
      blocks: reply === undefined || header === undefined ? [] : decodeBlocks(reply, header),
    };
  });
}

describe('a negotiation', () => {
  test('chooses NT LM 0.12 and looks like Windows 7, in both modes', () => {
    const [old, extended] = visit(negotiate(), negotiate({ flags2: FLAGS2_EXTENDED }));

    // Index 1, mode 3, MPX 50, ...; capabilities 0x0001e3fc and 0x8001e3fc.
    expect(old?.blocks[0]?.words.toString('hex')).toMatch(/^0100033200010004110000000001000{8}fce30100/);
    expect(extended?.blocks[0]?.words.toString('hex')).toMatch(/^0100033200010004110000000001000{8}fce30180/);
    expect(old?.acts).toMatchObject([{ name: 'negotiate', dialects: ['LANMAN1.0', 'NT LM 0.12'] }]);
  });

  test('without NT LM 0.12 chooses none', () => {
    const [said] = visit(negotiate({}, ['SMB 2.002']));

    expect(said?.blocks[0]?.words.toString('hex')).toBe('ffff');
  });
});

describe('a session setup', () => {
  test('of the old form tells who comes', () => {
    const [said] = visit(sessionSetup(['jörg', 'CORP', 'Windows 2000 2195', 'Windows 2000 5.0']));

    expect(said?.header).toMatchObject({ status: 0, uid: 2_048 });
    expect(said?.acts[1]).toEqual({
      type: 'smb.login',
      user: 'j\xc3\xb6rg',
      domain: 'CORP',
      workstation: '',
      nativeOs: 'Windows 2000 2195',
      nativeLanMan: 'Windows 2000 5.0',
      accepted: true,
    });
    // The guest bit: a name makes a guest of its bearer.
    expect(said?.blocks[0]?.words.readUInt16LE(4)).toBe(1);
  });

  test('of the extended form is challenged, then let in', () => {
    const [first, second] = visit(
      extendedSetup(ntlm(1)),
      extendedSetup(ntlm(3, { user: 'eve', domain: 'D', workstation: 'PC7' })),
    );

    expect(first?.header).toMatchObject({ status: 0xc000_0016, uid: 2_048 });
    expect(first?.acts.map(({ type }) => type)).toEqual(['smb.command']);
    expect(second?.header?.status).toBe(0);
    expect(second?.acts[1]).toMatchObject({
      user: 'eve',
      domain: 'D',
      workstation: 'PC7',
      nativeOs: 'Windows 5.1',
    });
  });

  test('with the words of one form and the flags of the other is told', () => {
    const [said] = visit(extendedSetup(Buffer.alloc(16), { flags2: 0xc053 }));

    expect(said?.acts[0]).toMatchObject({ subcommand: 'mixed-forms' });
  });

  test('chained with a tree connect gets both answered', () => {
    const path = Buffer.from('\0\\\\192.0.2.1\\IPC$\0?????\0', 'latin1');
    const at = 32 + body(...pair(oldSetup(['', '', 'os', 'lm']))).length;
    const first = bare(
      'session-setup-andx',
      ...pair(oldSetup(['', '', 'os', 'lm'], COMMAND['tree-connect-andx'], at)),
      {
        flags2: 0x4001,
        tid: 0,
        uid: 0,
      },
    );
    const second = body(packed([4, 0xff], [2, 0], [2, 1]), path);

    const [said] = visit(Buffer.concat([Buffer.alloc(4), first, second]));

    expect(said?.header).toMatchObject({ status: 0, tid: 2_048, uid: 2_048 });
    expect(said?.blocks.map(({ name }) => name)).toEqual(['session-setup-andx', 'tree-connect-andx']);
    expect(said?.acts).toMatchObject([
      { name: 'session-setup-andx' },
      { type: 'smb.login', nativeOs: 'os' },
      { name: 'tree-connect-andx', path: '\\\\192.0.2.1\\IPC$' },
    ]);
  });
});

function pair({ words, data }: { words: Buffer; data: Buffer }): [Buffer, Buffer] {
  return [words, data];
}

describe('shares', () => {
  test('are not there, but for IPC$', () => {
    const [ipc, other] = visit(treeConnect('\\\\192.0.2.1\\ipc$'), treeConnect('\\\\192.0.2.1\\C$'));

    expect([ipc?.header?.status, other?.header?.status]).toEqual([0, 0xc000_00cc]);
    expect(other?.acts).toMatchObject([{ path: '\\\\192.0.2.1\\C$', status: 'STATUS_BAD_NETWORK_NAME' }]);
  });

  test('an echo comes back once', () => {
    const [said, silent] = visit(echo(65_535, 'hello'), echo(0, 'hello'));

    expect(said?.blocks[0]?.words.toString('hex')).toBe('0100');
    expect(silent?.header).toBeUndefined();
  });
});

describe('frames with anything in them', () => {
  const samples = [
    negotiate(),
    sessionSetup(['a', 'b', 'c', 'd']),
    extendedSetup(ntlm(1)),
    extendedSetup(ntlm(3, { user: 'u' })),
    treeConnect('IPC$'),
    ...Object.values(SHAPES).flatMap((frames) => frames.slice(0, 2)),
  ].filter(({ length }) => length < 2_000);

  test('are answered or not, but nothing is thrown and every act is one', () => {
    const damage = record({ at: integer({ min: 4, max: 400 }), byte: integer({ min: 0, max: 255 }) });
    assert(
      property(
        constantFrom(...samples),
        array(damage, { maxLength: 12 }),
        integer({ min: 39, max: 2_000 }),
        (sample, damages, length) => {
          const broken = Buffer.from(sample);
          for (const { at, byte } of damages) if (at < broken.length) broken[at] = byte;
          for (const { acts, header } of visit(broken.subarray(0, length), sample)) {
            expect(acts.length).toBeLessThan(17);
            expect(header === undefined || (header.flags & 0x80) !== 0).toBe(true);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
