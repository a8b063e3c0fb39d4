import type { Check } from '../check.ts';
import type { RawStep, Step } from '../dialogue.ts';
import { dialogue, rawDialogue } from '../dialogue.ts';
import { CLOSED } from '../line.ts';
import type { ServerIdentity } from '../server-identity.ts';

const NOAUTH = '-NOAUTH Authentication required.';
const ORDER =
  'Redis looks whether a command exists and has the right number of words before it asks for a password; a server that was written around AUTH does not.';
const SOURCE = 'measured on locked 6.0.16, 7.0.15, 8.0.2 and Valkey 8.1.1';

const locked = (id: string, title: string, steps: (server: ServerIdentity) => readonly Step[]): Check => ({
  id,
  title,
  weight: 'definite',
  why: ORDER,
  source: SOURCE,
  locked: 'only',
  run: (probe) => dialogue(probe, steps(probe.server)),
});
const lockedBytes = (id: string, title: string, steps: readonly RawStep[]): Check => ({
  id,
  title,
  weight: 'definite',
  why: 'Since 6.0 strangers may only send short commands; emulations rarely know.',
  source: SOURCE,
  locked: 'only',
  run: (probe) => rawDialogue(probe, steps),
});

export const lockedChecks: readonly Check[] = [
  lockedBytes('P16.array', 'strangers may not announce eleven words', [
    ['*11\r\n', `-ERR Protocol error: unauthenticated multibulk length\r\n${CLOSED}`],
  ]),
  lockedBytes('P16.bulk', 'strangers may not announce long words', [
    ['*1\r\n$20000\r\n', `-ERR Protocol error: unauthenticated bulk length\r\n${CLOSED}`],
  ]),
  locked('E8.noauth', 'known commands are refused with NOAUTH', () => [
    [['PING'], NOAUTH],
    [['CONFIG', 'GET', '*'], NOAUTH],
    [['CLIENT', 'LIST'], NOAUTH],
    [['ACL', 'LIST'], NOAUTH],
    [['SCRIPT', 'EXISTS', 'x'], NOAUTH],
    [['CLUSTER', 'INFO'], NOAUTH],
    [['XADD', 'k', '*', 'a', 'b'], NOAUTH],
  ]),
  locked('E8.order', 'existence and arity come before the password', ({ level }) => [
    [
      ['NOSUCHCOMMAND', 'a'],
      level < 7
        ? '-ERR unknown command `NOSUCHCOMMAND`, with args beginning with: `a`, '
        : /^-ERR unknown command 'NOSUCHCOMMAND'(, with args beginning with: 'a' )?$/,
    ],
    [['GET'], "-ERR wrong number of arguments for 'get' command"],
    [['SETEX', 'a'], "-ERR wrong number of arguments for 'setex' command"],
  ]),
  locked('E9', 'a wrong password is WRONGPASS', () => [
    [['AUTH', 'no-such-password'], /^-WRONGPASS invalid username-password pair( or user is disabled\.)?$/],
    [
      ['AUTH', 'nobody', 'no-such-password'],
      /^-WRONGPASS invalid username-password pair( or user is disabled\.)?$/,
    ],
    [['AUTH', 'a', 'b', 'c'], '-ERR syntax error'],
  ]),
  locked('E10', 'a transaction of a stranger is aborted', () => [
    [['MULTI'], NOAUTH],
    [['SET', 'k', 'v'], NOAUTH],
    [['EXEC'], `-EXECABORT Transaction discarded because of: NOAUTH Authentication required.`],
  ]),
  locked('E11.locked', 'HELLO tells how to log in', ({ level }) => [
    [
      ['HELLO', '3'],
      level < 7.2
        ? /^-NOAUTH HELLO must be called .* HELLO AUTH <user> <pass> /
        : /^-NOAUTH HELLO must be called .* HELLO <proto> AUTH <user> <pass> /,
    ],
    [['HELLO', '9'], '-NOPROTO unsupported protocol version'],
  ]),
];
