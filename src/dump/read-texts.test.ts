import { describe, expect, test } from 'vitest';
import { aclLine, readAclFile, sha256Of } from './read-acl-file.ts';
import { readManifest } from './read-manifest.ts';
import { isRedisConf, readRedisConf } from './read-redis-conf.ts';

describe('a redis.conf', () => {
  test('is split as Redis splits it', () => {
    const { directives, faults } = readRedisConf(
      [
        '# comment',
        '  BIND 127.0.0.1   -::1 ',
        'requirepass "a b\\x41\\n"',
        "rename-command CONFIG ''",
        'save 900 1',
        'save 300 10',
        'logfile "not closed',
        'dir /data # no comment here',
        '',
      ].join('\r\n'),
    );

    expect(directives).toEqual([
      { name: 'bind', args: ['127.0.0.1', '-::1'], line: 2 },
      { name: 'requirepass', args: ['a bA\n'], line: 3 },
      { name: 'rename-command', args: ['CONFIG', ''], line: 4 },
      { name: 'save', args: ['900', '1'], line: 5 },
      { name: 'save', args: ['300', '10'], line: 6 },
      { name: 'dir', args: ['/data', '#', 'no', 'comment', 'here'], line: 8 },
    ]);
    expect(faults).toEqual([7]);
  });

  test('is told from other texts', () => {
    expect(isRedisConf(readRedisConf('port 6379\ndir /x\n'))).toBe(true);
    expect(isRedisConf(readRedisConf('server {\n  listen 80;\n}\nuser www;\nevents { }\n'))).toBe(false);
    expect(isRedisConf(readRedisConf(''))).toBe(false);
  });
});

describe('an ACL file', () => {
  test('becomes lines as ACL LIST prints them, without a password in clear', () => {
    const { lines, faults } = readAclFile(
      'user default off\n\n# x\nuser app on >secret ~app:* &* +@read\nuser other on >a nopass >b ~* +@all -@dangerous\nnonsense\n',
    );

    expect(lines).toEqual([
      'user default off',
      `user app on #${sha256Of('secret')} ~app:* &* +@read`,
      `user other on #${sha256Of('b')} ~* +@all -@dangerous`,
    ]);
    expect(faults).toEqual([6]);
  });

  test.for([
    [['u', 'on', '>a', '<a'], 'user u on'],
    [['u', 'on', 'nopass', 'resetpass'], 'user u on'],
    [['u', '+@all', '-@all', '+get'], 'user u off -@all +get'],
    [['u', '~a', '%R~b', 'resetkeys', '~c'], 'user u off ~c'],
    [['u', 'on', '+@all', 'allkeys', 'reset', 'on'], 'user u on'],
    [['u', '-@all', '+get', '(+@all', '-@all', '+set', '~a*)'], 'user u off -@all +get (~a* -@all +set)'],
    [['u', '(+get', '~a)', 'clearselectors', '(+set', '~b)', '~c'], 'user u off ~c (~b +set)'],
    [['u', '(+get', '~a)', 'reset', 'on'], 'user u on'],
    [['u', `#${'A'.repeat(64)}`], `user u off #${'a'.repeat(64)}`],
  ] as const)('takes rules one after the other: %j', ([words, line]) => {
    expect(aclLine(words)).toBe(line);
  });
});

describe('a manifest', () => {
  test('gives its files in the order of reading, without those of the past', () => {
    expect(
      readManifest(
        'file a.3.incr.aof seq 3 type i\nfile "a.1.base.rdb" seq 1 type b\nfile a.0.base.rdb seq 0 type h\nfile a.2.incr.aof seq 2 type i startoffset 5\n',
      )?.map(({ name }) => name),
    ).toEqual(['a.1.base.rdb', 'a.2.incr.aof', 'a.3.incr.aof']);
  });

  test.for([
    '',
    'port 6379',
    'file ../../etc/passwd seq 1 type b',
    'file a seq x type b',
    'file a seq 1 type z',
  ])('is none: %j', (text) => {
    expect(readManifest(text)).toBeUndefined();
  });
});
