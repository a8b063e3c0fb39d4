import { describe, expect, test } from 'vitest';
import { bare, body, oldSetup } from '../../../test/smb/messages.ts';
import { decodeBlocks, encodeReply } from './blocks.ts';
import { packed } from './bytes.ts';
import { COMMAND } from './commands.ts';
import { decodeHeader, replyHeader } from './header.ts';

/** A session setup with a tree connect behind it, at this offset or where it is. */
function chained(offset?: number): Buffer {
  const flags2 = 0x4001;
  const length = bare('session-setup-andx', ...both(oldSetup(['joe']))).length;
  const first = bare(
    'session-setup-andx',
    ...both(oldSetup(['joe'], COMMAND['tree-connect-andx'], offset ?? length)),
    { flags2 },
  );
  return Buffer.concat([first, body(packed([4, 0xff], [2, 0], [2, 0]), Buffer.from('IPC$\0'))]);
}

function both({ words, data }: { words: Buffer; data: Buffer }): [Buffer, Buffer] {
  return [words, data];
}

describe('a message', () => {
  test('with a chain has a block for each command', () => {
    const message = chained();
    const blocks = decodeBlocks(message, decodeHeader(message));

    expect(blocks.map(({ name, dataAt, dataEnd }) => [name, dataEnd - dataAt])).toEqual([
      ['session-setup-andx', 4],
      ['tree-connect-andx', 5],
    ]);
  });

  test.for([0, 32, 33, 60_000])('whose chain leads to %i ends there', (offset) => {
    const message = chained(offset);
    const names = decodeBlocks(message, decodeHeader(message)).map(({ name }) => name);

    expect(names[0]).toBe('session-setup-andx');
    expect(names.length).toBeLessThan(9);
  });

  test('claims more than it has: what there is counts', () => {
    const message = bare('echo', packed([2, 1]), Buffer.from('abc')).subarray(0, 38);
    const [block] = decodeBlocks(message, decodeHeader(message));

    expect([block?.words.length, block?.dataAt, block?.dataEnd]).toEqual([2, 37, 38]);
  });
});

describe('a reply', () => {
  test('has the ids of its request, its flags with the reply bit, and links its commands', () => {
    const request = decodeHeader(chained());
    const words = packed([4, 0], [2, 1]);
    const reply = encodeReply(replyHeader(request, 0xc000_0016), [
      { command: COMMAND['session-setup-andx'], words, data: Buffer.from('abc') },
      { command: COMMAND['tree-connect-andx'], words, data: Buffer.alloc(0) },
    ]);
    const header = decodeHeader(reply);

    expect(header).toEqual({ ...request, status: 0xc000_0016, flags: request.flags | 0x80 });
    expect(decodeBlocks(reply, header).map(({ name }) => name)).toEqual([
      'session-setup-andx',
      'tree-connect-andx',
    ]);
  });
});
