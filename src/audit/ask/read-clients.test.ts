import { describe, expect, test } from 'vitest';
import type { Reply } from '../../wire/reply.ts';
import { readClients } from './read-clients.ts';

const list = (text: string): Reply => ({ kind: 'bulk', text, length: text.length });

describe('CLIENT LIST', () => {
  test('is read a line a client, our own marked', () => {
    const clients = readClients(
      list(
        'id=4 addr=192.0.2.9:4000 laddr=127.0.0.1:6379 name= age=90 idle=3 flags=O db=0 cmd=monitor user=default lib-name=redis-py lib-ver=5\n' +
          'id=5 addr=127.0.0.1:5000 name=sundew-audit age=0 idle=0 flags=N cmd=client|list user=sundew\n',
      ),
    );

    expect(clients).toEqual([
      {
        address: '192.0.2.9:4000',
        name: '',
        user: 'default',
        command: 'monitor',
        flags: 'O',
        library: 'redis-py',
        ageSeconds: 90,
        idleSeconds: 3,
        self: false,
      },
      expect.objectContaining({ self: true, user: 'sundew', library: '' }),
    ]);
  });

  test('of a hostile server is cut', () => {
    const line = `addr=192.0.2.9:1 name=${'n'.repeat(3_000)} age=1e99 idle=-4 flags=N\n`;

    const clients = readClients(list(line.repeat(2_000))) ?? [];

    expect(clients).toHaveLength(1_000);
    expect(clients[0]?.name).toHaveLength(256);
    expect(clients[0]).toMatchObject({ ageSeconds: 0, idleSeconds: 0, flags: '' });
  });

  test('leaves out lines that name no address', () => {
    expect(readClients(list('\n\nhello\n=\naddr\n'))).toEqual([]);
  });

  test('is not visible in another reply', () => {
    expect(readClients({ kind: 'array', items: [] })).toBeUndefined();
  });
});
