import { describe, expect, test } from 'vitest';
import { createLiveClient } from './live-client.ts';

const LIMITS = { messages: 3, bytes: 100 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | undefined> {
  const { value } = await reader.read();
  return value === undefined ? undefined : new TextDecoder().decode(value);
}

describe('live client', () => {
  test('hands messages on in order', async () => {
    const client = createLiveClient(LIMITS, bytes('lagged'), () => undefined);
    const reader = client.stream.getReader();

    client.push(bytes('one'));
    client.push(bytes('two'));

    expect([await read(reader), await read(reader)]).toEqual(['one', 'two']);
  });

  test('waits for a message that is not there yet', async () => {
    const client = createLiveClient(LIMITS, bytes('lagged'), () => undefined);
    const waiting = read(client.stream.getReader());

    client.push(bytes('one'));

    expect(await waiting).toBe('one');
  });

  test('replaces what waits by one lagged message when there is too much of it', async () => {
    const client = createLiveClient(LIMITS, bytes('lagged'), () => undefined);

    for (let count = 0; count < 1_000; count += 1) client.push(bytes(`message ${count}`));
    client.end();
    const reader = client.stream.getReader();
    const got: (string | undefined)[] = [];
    for (let text = await read(reader); text !== undefined; text = await read(reader)) got.push(text);

    expect(got[0]).toBe('lagged');
    expect(got.length).toBeLessThanOrEqual(LIMITS.messages);
  });

  test('counts bytes as well as messages', async () => {
    const client = createLiveClient(LIMITS, bytes('lagged'), () => undefined);

    client.push(bytes('a'.repeat(60)));
    client.push(bytes('b'.repeat(60)));

    expect(await read(client.stream.getReader())).toBe('lagged');
  });

  test('tells when the page has gone, and takes no more', async () => {
    let gone = 0;
    const client = createLiveClient(LIMITS, bytes('lagged'), () => (gone += 1));

    await client.stream.cancel();
    client.push(bytes('late'));

    expect(gone).toBe(1);
  });

  test('ends a stream that is waiting', async () => {
    const client = createLiveClient(LIMITS, bytes('lagged'), () => undefined);
    const waiting = read(client.stream.getReader());

    client.end();

    expect(await waiting).toBeUndefined();
  });
});
