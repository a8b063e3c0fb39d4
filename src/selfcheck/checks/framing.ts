import type { Check } from '../check.ts';
import type { RawStep } from '../dialogue.ts';
import { rawDialogue } from '../dialogue.ts';
import { CLOSED } from '../line.ts';

import type { ServerIdentity } from '../server-identity.ts';

type Steps = readonly RawStep[] | ((server: ServerIdentity) => readonly RawStep[]);

interface More {
  readonly why?: string;
  readonly measured?: true;
  /** On a connection that is logged in. */
  readonly open?: true;
}

const MEASURED = 'measured on 6.0.16, 7.0.15, 8.0.2 and Valkey 8.1.1';
const PARSER = 'An emulation with a parser of its own rarely fails exactly as the real one does.';

function framing(
  id: string,
  title: string,
  steps: Steps,
  { why = PARSER, measured, open }: More = {},
): Check {
  return {
    id,
    title,
    weight: 'definite',
    why,
    source: MEASURED,
    ...(measured === undefined ? {} : { measured }),
    ...(open === undefined ? { locked: 'also' } : {}),
    run: (probe) => {
      const wanted = typeof steps === 'function' ? steps(probe.server) : steps;
      return rawDialogue(probe, wanted, open === undefined ? 'dial' : 'visit');
    },
  };
}

const fault = (text: string): string => `-ERR Protocol error: ${text}\r\n${CLOSED}`;
/** Nobody has logged in here, so a server with a password says NOAUTH. */
const answered = /^(\+PONG|-NOAUTH [^\r]*)\r\n$/;
const thrice = /^(?:(?:\+PONG|-NOAUTH [^\r]*)\r\n){3}$/;

export const framingChecks: readonly Check[] = [
  framing('P1', 'QUIT is answered once its line ends', [
    ['QUIT', ''],
    ['\r\n', `+OK\r\n${CLOSED}`],
  ]),
  framing('P2', 'QUIT says OK and closes', [['QUIT\r\n', `+OK\r\n${CLOSED}`]]),
  framing('P3', 'nonsense is answered once its line ends', [
    ['[[,[[', ''],
    ['\r\n', /^-ERR unknown command (`\[\[,\[\[`|'\[\[,\[\[')/],
  ]),
  framing('P4', 'a line may end in LF alone', [['PING\n', answered]]),
  framing(
    'P5',
    'empty lines are ignored',
    [
      ['\r\nPING\r\n', answered],
      ['\r\n\r\n\nPING\r\n', answered],
    ],
    { why: 'RedisHoneyPot dies of an empty line, others hang up.' },
  ),
  framing('P6', 'empty and negative arrays are ignored', [
    ['*0\r\nPING\r\n', answered],
    ['*-1\r\nPING\r\n', answered],
  ]),
  framing('P7', 'three commands in one packet get three answers', [['PING\r\nPING\r\nPING\r\n', thrice]], {
    why: 'One answer a read is how most emulations work.',
  }),
  framing('P8', 'an array may be cut anywhere', [
    ['*1\r\n$4\r\nPI', ''],
    ['NG\r\n', answered],
  ]),
  framing('P9', 'a line may be cut anywhere', [
    ['PI', ''],
    ['NG\r\n', answered],
  ]),
  framing('P10', 'quotes and escapes of a line are read', [['ECHO "a\\x41 b"\r\n', '$4\r\naA b\r\n']], {
    open: true,
  }),
  framing('P11', 'an open quote is a protocol error', [
    ['SET "a\r\n', fault('unbalanced quotes in request')],
  ]),
  framing('P12.array', 'an array length of letters is refused', [
    ['*abc\r\n', fault('invalid multibulk length')],
  ]),
  framing('P12.type', 'what is no bulk string is named', [['*1\r\nfoo\r\n', fault("expected '$', got 'f'")]]),
  framing('P12.bulk', 'a bulk length of letters is refused', [
    ['*1\r\n$abc\r\n', fault('invalid bulk length')],
  ]),
  framing('P13', 'a bulk length below zero is refused', [['*1\r\n$-1\r\n', fault('invalid bulk length')]]),
  framing('P17', 'a line that begins with NUL is never answered', [['\0\0\0\0\r\n', '']]),
  framing(
    'P19',
    'a browser is hung up on',
    ({ level }) => [
      [
        'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
        level < 7 ? /^(-ERR wrong number[^\r]*\r\n)?(-NOAUTH[^\r]*\r\n)*(<closed>)?$/ : CLOSED,
      ],
    ],
    { why: 'Redis knows HTTP and closes without a word; emulations answer it.', measured: true },
  ),
  framing('P20', 'the first line of HTTP alone is a GET with too many words', [
    ['GET / HTTP/1.1\r\n', "-ERR wrong number of arguments for 'get' command\r\n"],
  ]),
  framing(
    'P21',
    'POST is hung up on',
    ({ level }) => [['POST / HTTP/1.1\r\n', level < 7 ? /^(-NOAUTH[^\r]*\r\n|<closed>)$/ : CLOSED]],
    { measured: true },
  ),
  framing(
    'P22',
    'line ends in a command name do not forge a reply',
    [['*1\r\n$8\r\nFO\r\n+OK!\r\n', /^-ERR unknown command [`']FO {2}\+OK![`'][^\r\n]*\r\n$/]],
    { why: 'An emulation that echoes raw bytes lets a visitor write its replies.' },
  ),
  framing(
    'P23',
    'from 7.0 on only 128 bytes of a name are shown',
    ({ level }) => [
      [
        `*1\r\n$300\r\n${'X'.repeat(300)}\r\n`,
        level < 7 ? /^-ERR unknown command `X{300}`,/ : /^-ERR unknown command 'X{128}',/,
      ],
    ],
    { measured: true },
  ),
  framing('P24.line', 'a line without end is refused', [
    ['A'.repeat(70_000), fault('too big inline request')],
  ]),
  framing('P24.array', 'an array length without end is refused', [
    [`*${'1'.repeat(70_000)}`, fault('too big mbulk count string')],
  ]),
  framing('P26.most', 'an array length over 2^31 is refused', [
    ['*2147483648\r\n', fault('invalid multibulk length')],
  ]),
  framing(
    'P26.million',
    'an array of 1,048,577 is allowed from 7.0 on',
    ({ level }) => [['*1048577\r\n', level < 7 ? fault('invalid multibulk length') : '']],
    { measured: true, open: true },
  ),
];
