import { describe, expect, test } from 'vitest';
import { parseTarget } from './target.ts';

describe('audit target', () => {
  test.for<[string, object]>([
    ['redis://192.0.2.1', { text: 'redis://192.0.2.1:6379', host: '192.0.2.1', port: 6379, tls: false }],
    ['192.0.2.1', { text: 'redis://192.0.2.1:6379', host: '192.0.2.1', port: 6379, tls: false }],
    ['db.example.invalid:6380', { host: 'db.example.invalid', port: 6380 }],
    ['[2001:db8::1]:6390', { text: 'redis://[2001:db8::1]:6390', host: '2001:db8::1', port: 6390 }],
    ['rediss://h:6390/3', { text: 'rediss://h:6390/3', tls: true, db: 3 }],
    ['redis://:s%40cret@h', { text: 'redis://h:6379', password: 's@cret' }],
    ['redis://ann:p:w@h', { text: 'redis://ann@h:6379', user: 'ann', password: 'p:w' }],
    [
      'unix:///run/redis.sock',
      { text: 'unix:///run/redis.sock', socket: '/run/redis.sock', host: '', port: 0 },
    ],
    [
      'unix://ann:pw@/run/r.sock?db=2',
      { text: 'unix://ann@/run/r.sock?db=2', user: 'ann', password: 'pw', db: 2 },
    ],
    ['/run/redis.sock', { text: 'unix:///run/redis.sock', socket: '/run/redis.sock' }],
    ['sentinel://h/mymaster', { text: 'sentinel://h:26379/mymaster', port: 26379, sentinel: 'mymaster' }],
    ['sentinels://[2001:db8::1]:1/a', { text: 'sentinels://[2001:db8::1]:1/a', tls: true, sentinel: 'a' }],
    ['valkeys://h', { text: 'rediss://h:6379', tls: true }],
    ['redis://ann@h', { text: 'redis://ann@h:6379', user: 'ann' }],
  ])('reads %s', ([text, expected]) => {
    expect(parseTarget(text)).toMatchObject(expected);
  });

  test.for([
    ['', 'empty'],
    ['http://192.0.2.1', "'http' is no scheme"],
    ['192.0.2.1:0', '0 is no port'],
    ['192.0.2.1:70000', '70000 is no port'],
    ['2001:db8::1', 'without [ ]'],
    ['[2001:db8::1::]:1', 'no IPv6 address'],
    ['redis://h/notes', 'no database number'],
    ['sentinel://h', 'one group'],
    ['sentinel://h/a%20b', 'one group'],
    ['unix://run/redis.sock', 'path from the root'],
    ['unix:///run/redis.sock?db=x', 'no database number'],
    [`/${'a'.repeat(200)}`, 'longer than 107'],
    ['constructor://h', 'no scheme'],
    ['redis://a%zz@h', 'broken % code'],
    ['redis://h\u001Bx', 'no host name'],
  ] as const)('refuses %j and says why', ([text, why]) => {
    const found = parseTarget(text);

    expect(found).toHaveProperty('fault', expect.stringContaining(why));
  });

  test('shows no password in a fault', () => {
    const found = parseTarget('redis://ann:secret@h/notes');

    expect(JSON.stringify(found)).not.toContain('secret');
  });
});
