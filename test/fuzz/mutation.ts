import type { Random } from '../../src/platform/random.ts';

/** An array of bulk strings, or now and then a line. */
export function framed(argv: readonly string[], random: Random): string {
  if (random.below(20) === 0) return `${argv.join(' ')}\r\n`;
  let frame = `*${argv.length}\r\n`;
  for (const word of argv) frame += `$${word.length}\r\n${word}\r\n`;
  return frame;
}

const LIES = [
  '-1',
  '-2',
  '0',
  '1',
  '3',
  '1048576',
  '1048577',
  '2147483647',
  '536870912',
  '536870913',
  '9223372036854775808',
  '00',
  '+1',
  ' 1',
  '1 ',
  'x',
  '',
];
const PIECES = [
  '\r\n\r\n',
  '\n',
  '\r\nPING',
  'CONFIG\r\n',
  'config set x\r\n',
  '*1\r\n'.repeat(40),
  '*-1\r\n',
  '*0\r\n',
  '$-1\r\n',
  '"',
  "'",
  '"\\x',
  '\0',
  '\r',
  '*3\r\n$3\r\nSET\r\n',
  '*1048576\r\n',
  '%1\r\n',
  '~2\r\n',
  '|1\r\n',
  'GET / HTTP/1.1\r\n',
  'Host: example.invalid\r\n',
  '\x16\x03\x01\x02',
];

/** Bytes of a request, damaged in one way or another. */
export function damaged(frame: string, other: string, random: Random): string {
  const at = random.below(frame.length + 1);
  switch (random.below(8)) {
    case 0: {
      const code = frame.charCodeAt(at);
      return Number.isNaN(code)
        ? frame
        : spliced(frame, at, 1, String.fromCharCode(code ^ (1 << random.below(8))));
    }
    case 1:
      return frame.slice(0, at);
    case 2:
      return frame.slice(0, at) + other.slice(random.below(other.length + 1));
    case 3:
      return spliced(frame, at, 0, PIECES[random.below(PIECES.length)] ?? '');
    case 4:
      return lengthLie(frame, random);
    case 5:
      return spliced(frame, at, 1 + random.below(8), '');
    case 6:
      return spliced(frame, at, 0, String.fromCharCode(random.below(256)));
    default:
      return spliced(frame, at, 0, frame.slice(at, at + random.below(40)));
  }
}

/** Another number in the place of one of the frame's own. */
function lengthLie(frame: string, random: Random): string {
  const marks = [...frame.matchAll(/[*$]\d+/g)];
  const mark = marks[random.below(marks.length)];
  if (mark === undefined) return frame;
  return spliced(frame, mark.index + 1, mark[0].length - 1, LIES[random.below(LIES.length)] ?? '');
}

function spliced(text: string, at: number, gone: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + gone);
}
