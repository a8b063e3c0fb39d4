import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Subject } from '../subject.ts';
import { otherPorts, portsToTry } from './other-ports.ts';

const subject: Subject = { kind: 'server', text: 'x', host: '127.0.0.1', port: 7_000, tls: false };
const node = new Map([['cluster_enabled', '1']]);
const at = (subjectOf: Partial<Subject>) => ({ ...subject, ...subjectOf });

describe('other ports', () => {
  test.for([
    ['a plain server', { subject, info: undefined, settings: undefined }, []],
    ['a cluster node', { subject, info: node, settings: undefined }, [['bus', 17_000]]],
    [
      'a node with a bus of its own',
      { subject, info: node, settings: new Map([['cluster-port', '9000']] as const) },
      [['bus', 9_000]],
    ],
    ['a node whose bus has no port', { subject: at({ port: 60_000 }), info: node, settings: undefined }, []],
    ['TLS', { subject: at({ tls: true }), info: undefined, settings: undefined }, [['plain', 6_379]]],
    [
      'TLS with a readable port',
      { subject: at({ tls: true }), info: undefined, settings: new Map([['port', '0']] as const) },
      [],
    ],
    ['a Unix socket', { subject: at({ socket: '/run/s' }), info: node, settings: undefined }, []],
  ] as const)('of %s are %j', ([, facts, ports]) => {
    expect([...portsToTry(facts)]).toEqual(ports);
  });

  test('are connected to, and nothing is said', async () => {
    const received: unknown[] = [];
    const server = createServer((socket) => {
      socket.on('data', (bytes) => received.push(bytes));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const settings = new Map([['cluster-port', String(port)]] as const);

    const open = await otherPorts({ address: '127.0.0.1', subject, info: node, settings });
    await new Promise<void>((resolve) => void server.close(() => resolve()));
    const closed = await otherPorts({ address: '127.0.0.1', subject, info: node, settings });

    expect(open?.get('bus')).toBe(true);
    expect(closed?.get('bus')).toBe(false);
    expect(received).toEqual([]);
  });
});
