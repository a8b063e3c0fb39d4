import type { Probe } from './probe.ts';

const raw = (text: string): { readonly raw: string } => ({ raw: text });

/** Rows P1 to P26 of the list by which sensors are told from servers, as far as one connection can ask them. */
export const framing: readonly Probe[] = [
  { name: 'P1 a word without line end', steps: [raw('QUIT'), raw('\r\n')] },
  { name: 'P2 QUIT', steps: [raw('QUIT\r\n')] },
  { name: 'P3 nonsense without line end', steps: [raw('[[,[['), raw('\r\n')] },
  { name: 'P3 DBSIZE without line end', steps: [raw('DBSIZE'), raw('\n')] },
  { name: 'P4 LF alone', steps: [raw('PING\n')] },
  { name: 'P5 empty lines', steps: [raw('\r\nPING\r\n'), raw('\r\n\r\n'), raw('\n'), raw('PING\r\n')] },
  { name: 'P6 empty and negative arrays', steps: [raw('*0\r\nPING\r\n'), raw('*-1\r\nPING\r\n')] },
  { name: 'P7 three in one packet', steps: [raw('PING\r\nPING\r\nPING\r\n')] },
  { name: 'P8 an array cut in a word', steps: [raw('*1\r\n$4\r\nPI'), raw('NG\r\n')] },
  { name: 'P9 a line cut in a word', steps: [raw('PI'), raw('NG\r\n')] },
  {
    name: 'P10 quoting',
    steps: [raw('ECHO "a\\x41 b"\r\n'), raw("ECHO 'it\\'s'\r\n"), raw('ECHO "\\n\\t\\q"\r\n')],
  },
  { name: 'P11 an open quote', steps: [raw('SET "a\r\n')] },
  { name: 'P11 text behind a quote', steps: [raw('SET "a"b c\r\n')] },
  { name: 'P12 an array length of letters', steps: [raw('*abc\r\n')] },
  { name: 'P12 no bulk string', steps: [raw('*1\r\nfoo\r\n')] },
  { name: 'P12 a bulk length of letters', steps: [raw('*1\r\n$abc\r\n')] },
  { name: 'P13 a bulk length below zero', steps: [raw('*1\r\n$-1\r\n')] },
  { name: 'P14 a bulk length over 512 MB', steps: [raw('*1\r\n$629145600\r\n')] },
  { name: 'P15 a promise of 512 MB', steps: [raw('*1\r\n$536870912\r\n')] },
  { name: 'P17 NUL bytes', steps: [raw('\0\0\0\0\r\n'), raw('PING\r\n')] },
  {
    name: 'P18 binary keys and values',
    steps: [
      raw('*3\r\n$3\r\nSET\r\n$5\r\n\0\r\n\xff\xfe\r\n$4\r\n\r\n\r\n\r\n'),
      raw('*2\r\n$3\r\nGET\r\n$5\r\n\0\r\n\xff\xfe\r\n'),
    ],
  },
  { name: 'P19 a web browser', steps: [raw('GET / HTTP/1.1\r\nHost: x\r\n\r\n')] },
  { name: 'P20 the first line of one', steps: [raw('GET / HTTP/1.1\r\n')] },
  { name: 'P21 POST', steps: [raw('POST / HTTP/1.1\r\n')] },
  { name: 'P21 Host', steps: [raw('Host: x\r\n')] },
  { name: 'P22 line ends in a name', steps: [raw('*1\r\n$8\r\nFO\r\n+OK!\r\n')] },
  { name: 'P24 a long line without end', steps: [raw('A'.repeat(70_000))] },
  { name: 'P24 a long array length', steps: [raw(`*${'1'.repeat(70_000)}`)] },
  { name: 'P26 an array length over the limit', steps: [raw('*2147483648\r\n')] },
  { name: 'P26 an array of 1,048,577', steps: [raw('*1048577\r\n')] },
  { name: 'text behind a bulk', steps: [raw('*1\r\n$4\r\nPINGxxPING\r\n')] },
  { name: 'an array length with blanks', steps: [raw('* 1\r\n')] },
  { name: 'an array length with a plus', steps: [raw('*+1\r\n')] },
  { name: 'a bulk length with a leading zero', steps: [raw('*1\r\n$04\r\nPING\r\n')] },
  { name: 'a RESP error as request', steps: [raw('-ERR x\r\n')] },
  { name: 'a RESP bulk as request', steps: [raw('$4\r\nPING\r\n')] },
  { name: 'blanks and tabs', steps: [raw('  PING \t \r\n'), raw('\tECHO\t"a"\r\n')] },
  {
    name: 'a request and half of the next, then the rest',
    steps: [raw('PING\r\nEC'), raw('HO a\r\nPING\r\n')],
  },
];
