import { describe, expect, test } from 'vitest';
import { readClusterNodes } from './cluster-nodes.ts';

const id = (digit: string): string => digit.repeat(40);

describe('CLUSTER NODES', () => {
  test('is read with roles and without who cannot be asked', () => {
    const text = [
      `${id('a')} 192.0.2.1:7000@17000 myself,master - 0 0 1 connected 0-5460`,
      `${id('b')} 192.0.2.2:7001@17001,two.example.invalid slave ${id('a')} 0 1 1 connected`,
      `${id('c')} 192.0.2.3:7002@17002 master,fail - 0 0 2 disconnected`,
      `${id('d')} :0@0 master,noaddr - 0 0 3 disconnected`,
      `${id('e')} 2001:db8::5:7004@17004 master - 0 0 4 connected`,
      `${id('f')} 192.0.2.6:7005 slave,fail? ${id('e')} 0 0 4 connected`,
    ].join('\n');

    const nodes = readClusterNodes(text, false);

    expect(nodes.map(({ host, port, primary }) => [host, port, primary])).toEqual([
      ['192.0.2.1', 7000, true],
      ['192.0.2.2', 7001, false],
      ['2001:db8::5', 7004, true],
      ['192.0.2.6', 7005, false],
    ]);
    expect(nodes[1]?.copies).toBe(id('a'));
    expect(readClusterNodes(text, true)[1]?.host).toBe('two.example.invalid');
  });

  test('takes the empty host of the node that was asked', () => {
    expect(readClusterNodes(`${id('a')} :7000@17000 myself,master - 0 0 1 connected`, false)).toMatchObject([
      { host: '', port: 7000 },
    ]);
  });

  test.for([
    'hello',
    `${id('a')} $(id):7000@17000 master -`,
    `${id('a')} 192.0.2.1:70000@1 master -`,
    `${id('a')} 192.0.2.1 master -`,
    `xyz 192.0.2.1:7000@17000 master -`,
  ])('leaves out %j', (line) => {
    expect(readClusterNodes(line, false)).toEqual([]);
  });

  test('of a hostile server is cut', () => {
    const line = `${id('a')} 192.0.2.1:7000@17000 master ${'x'.repeat(10_000)}\n`;

    expect(readClusterNodes(line.repeat(1_500), false)).toHaveLength(1_000);
  });
});
