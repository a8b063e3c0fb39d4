import { describe, expect, test } from 'vitest';
import { endpointText, listenAt, parseEndpoint } from './endpoint.ts';

describe('parseEndpoint', () => {
  test.for([
    ['127.0.0.1:6390', '127.0.0.1', 6390],
    ['6390', '127.0.0.1', 6390],
    ['0.0.0.0', '0.0.0.0', 6379],
    ['[::1]:7000', '::1', 7000],
    ['[::]', '::', 6379],
    ['localhost:1', 'localhost', 1],
  ] as const)('reads %s', ([text, host, port]) => {
    expect(parseEndpoint(text, 6379)).toEqual({ host, port });
  });

  test.for(['', '1.2.3.4:', '1.2.3.4:65536', '::1:6379', '[localhost]:1', 'a b:1', 'redis://h:1'])(
    'refuses %j',
    (text) => {
      expect(() => parseEndpoint(text, 6379)).toThrow('is not an address to listen on');
    },
  );

  test('writes IPv6 in brackets', () => {
    expect(endpointText({ host: '::1', port: 1 })).toBe('[::1]:1');
  });
});

describe('listenAt', () => {
  const taken = (ports: readonly number[]) => (at: { port: number }) =>
    ports.includes(at.port)
      ? Promise.reject(Object.assign(new Error('taken'), { code: 'EADDRINUSE' }))
      : Promise.resolve(at.port);

  test('takes the next free port when nobody named one', async () => {
    const found = await listenAt({ host: '::1', port: 6379 }, true, taken([6379, 6380]));

    expect(found).toEqual({ at: { host: '::1', port: 6381 }, listening: 6381 });
  });

  test('complains when the named port is taken', async () => {
    const asked = listenAt({ host: '127.0.0.1', port: 6379 }, false, taken([6379]));

    await expect(asked).rejects.toThrow('Something already listens on 127.0.0.1:6379.');
  });

  test('gives up after twenty further ports', async () => {
    const ports = Array.from({ length: 21 }, (_, step) => 6379 + step);

    await expect(listenAt({ host: '::1', port: 6379 }, true, taken(ports))).rejects.toThrow('[::1]:6399');
  });
});
