import type { Check } from '../check.ts';
import { asks } from './dialogues.ts';

const why = 'Almost no emulation runs Lua: they refuse every script, or answer one by its look.';
const script = (body: string, ...rest: string[]): string[] => ['EVAL', body, String(rest.length), ...rest];

export const scriptChecks: readonly Check[] = [
  asks({ id: 'S1', title: 'scripts run', why }, ({ key }) => [
    [script('return 1'), ':1'],
    [script("return {1,'a'}"), '[:1, "a"]'],
    [script('return KEYS[1]', key('k')), `"${key('k')}"`],
    [script('local s = 0 for i = 1, 100 do s = s + i end return s'), ':5050'],
    [script("return redis.call('set', KEYS[1], 'x')", key('k')), '+OK'],
    [script("return redis.call('get', KEYS[1])", key('k')), '"x"'],
  ]),
  asks(
    { id: 'S2', title: 'a script that calls no command fails as in this version', why, measured: true },
    ({ server }) => [
      [
        script("return redis.call('nosuch')"),
        server.level < 6.2
          ? /^-ERR Error running script \(call to f_[0-9a-f]{40}\): @user_script:1: @user_script: 1: Unknown Redis command called from Lua script ?$/
          : server.level < 7
            ? /^-ERR Error running script .*Unknown Redis command called from Lua script ?$/
            : /^-ERR Unknown (Redis )?command called from script script: [0-9a-f]{40}, on @user_script:1\.$/,
      ],
    ],
  ),
  asks(
    {
      id: 'S3',
      title: 'nothing outside of the sandbox is reachable, in the words of the version',
      why: 'The test for CVE-2022-0543: an emulation answers with its own words, or with a result.',
      measured: true,
    },
    ({ server }) => [
      [
        script("return os.execute('id')"),
        server.level < 7
          ? /^-ERR Error running script .*Script attempted to access nonexistent global variable 'os' ?$/
          : /^-ERR user_script:1: (Script attempted to access nonexistent global variable 'os'|attempt to call field 'execute' \(a nil value\)) script: [0-9a-f]{40}, on @user_script:1\.$/,
      ],
    ],
  ),
  asks({ id: 'S4', title: 'a script with a mistake does not compile', why }, () => [
    [script('retur 1'), "-ERR Error compiling script (new function): user_script:1: '=' expected near '1'"],
  ]),
  asks({ id: 'S5', title: 'the library of scripts is there', why }, ({ server }) => [
    [script("return redis.sha1hex('')"), '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'],
    // Debian's 6.0.16 has no cjson: its patch for CVE-2022-0543 took it away.
    [
      script('return cjson.encode({1,2})'),
      /^("\[1,2\]"|-ERR Error running script .*global variable 'cjson' ?$)/,
    ],
    [script('return tostring(redis.REDIS_VERSION)'), server.level < 7 ? '"nil"' : /^"\d+\.\d+\.\d+"$/],
  ]),
  asks({ id: 'S6', title: 'a loaded script is found by its SHA-1', why }, () => [
    [['SCRIPT', 'LOAD', 'return 7'], '"59b6ab2fbe0ee4b25733de0f62e6cda4899ef8e9"'],
    [['EVALSHA', '59b6ab2fbe0ee4b25733de0f62e6cda4899ef8e9', '0'], ':7'],
    [['SCRIPT', 'EXISTS', '59b6ab2fbe0ee4b25733de0f62e6cda4899ef8e9', 'f'.repeat(40)], '[:1, :0]'],
  ]),
  asks({ id: 'S7', title: 'the number of keys is checked', why }, () => [
    [['EVAL', 'return 1', '5'], "-ERR Number of keys can't be greater than number of args"],
    [['EVAL', 'return 1', '-1'], "-ERR Number of keys can't be negative"],
  ]),
];
