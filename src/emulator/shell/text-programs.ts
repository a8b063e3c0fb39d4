import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { folderPath } from '../folder-path.ts';
import { pathContent } from './disk.ts';
import type { Program, ProgramCall, Programs } from './program.ts';
import { optionsOf } from './program.ts';

const LONGEST = 65_536;

const lines = (text: ByteString): ByteString[] => {
  const all = text.split('\n');
  if (all.at(-1) === '') all.pop();
  return all;
};

/** The files named, or the input. */
function given(call: ProgramCall, names: readonly ByteString[]): ByteString {
  if (names.length === 0) return call.input;
  return names
    .slice(0, 16)
    .map((name) =>
      name === '-' ? call.input : (pathContent(call.machine, folderPath(name, call.folder())) ?? ''),
    )
    .join('');
}

const echo: Program = (call) => {
  let { args } = call;
  let newline = true;
  let escapes = true;
  while (/^-[neE]{1,3}$/.test(args[0] ?? '')) {
    if (args[0]?.includes('n') === true) newline = false;
    if (args[0]?.includes('E') === true) escapes = false;
    args = args.slice(1);
  }
  const text = args.join(' ');
  call.out(`${escapes ? unescape(text) : text}${newline ? '\n' : ''}`);
  return 0;
};

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  '\\': '\\',
  e: '\u001b',
};

function unescape(text: ByteString): ByteString {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(x[\da-fA-F]{1,2}|0?[0-7]{1,3}|[ntrae\\])/g, (_, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255);
    return ESCAPES[code] ?? code;
  });
}

const printf: Program = (call) => {
  const [format = '', ...values] = call.args;
  let next = 0;
  const text = unescape(format).replace(/%(-?\d{0,3})([sdxc%b])/g, (_, __, kind: string) =>
    kind === '%' ? '%' : (values[next++] ?? (kind === 'd' ? '0' : '')),
  );
  call.out(text);
  return 0;
};

const base64: Program = (call) => {
  const { letters, rest } = optionsOf(call.args);
  const text = given(call, rest).slice(0, LONGEST * 2);
  if (letters.has('d') || letters.has('D') || letters.has('decode')) {
    call.out(Buffer.from(text.replace(/\s+/g, ''), 'base64').toString('latin1'));
    return 0;
  }
  const encoded = Buffer.from(text, 'latin1').toString('base64');
  const width = letters.has('w') ? encoded.length : 76;
  for (let at = 0; at < encoded.length; at += width) call.out(`${encoded.slice(at, at + width)}\n`);
  return 0;
};

const grep: Program = (call) => {
  const { letters, rest } = optionsOf(call.args);
  const [pattern = '', ...names] = rest;
  const wanted = letters.has('i') ? pattern.toLowerCase() : pattern;
  // Alternatives are all that is played of expressions: the text is an attacker's.
  const words = wanted
    .slice(0, 256)
    .split(/\\?\|/)
    .map((word) => word.replace(/^\^|\$$|\\/g, ''));
  const found = lines(given(call, names)).filter((line) => {
    const text = letters.has('i') ? line.toLowerCase() : line;
    return words.some((word) => text.includes(word)) !== letters.has('v');
  });
  if (letters.has('c')) call.out(`${found.length}\n`);
  else if (!letters.has('q')) for (const line of found) call.out(`${line}\n`);
  return found.length > 0 ? 0 : 1;
};

const wc: Program = (call) => {
  const { letters, rest } = optionsOf(call.args);
  const text = given(call, rest);
  const counts = [
    ['l', text.split('\n').length - 1],
    ['w', text.split(/\s+/).filter((word) => word !== '').length],
    ['c', text.length],
  ] as const;
  const asked = counts.filter(([letter]) => letters.size === 0 || letters.has(letter));
  const name = rest[0] === undefined ? '' : ` ${rest[0]}`;
  call.out(
    `${asked.map(([, count]) => (asked.length === 1 ? String(count) : String(count).padStart(7))).join(' ')}${name}\n`,
  );
  return 0;
};

const cut: Program = (call) => {
  const words = call.args.join(' ').slice(0, 64);
  const delimiter = /-d ?(\S)/.exec(words)?.[1] ?? '\t';
  const field = Number(/-f ?(\d{1,3})/.exec(words)?.[1] ?? 1);
  for (const line of lines(call.input)) call.out(`${line.split(delimiter)[field - 1] ?? ''}\n`);
  return 0;
};

/** Only what people print with it: `{print $N}`. */
const awk: Program = (call) => {
  const program = call.args.find((word) => word.includes('{')) ?? '';
  const field = /\{\s?print \$(\d{1,2})\s?\}/.exec(program.slice(0, 256))?.[1];
  if (field === undefined) return 0;
  for (const line of lines(call.input)) {
    const words = line.trim().split(/\s+/);
    call.out(`${field === '0' ? line : (words[Number(field) - 1] ?? '')}\n`);
  }
  return 0;
};

const hash =
  (algorithm: string): Program =>
  (call) => {
    const { rest } = optionsOf(call.args);
    const digest = createHash(algorithm).update(given(call, rest), 'latin1').digest('hex');
    call.out(`${digest}  ${rest[0] ?? '-'}\n`);
    return 0;
  };

const through: Program = (call) => {
  call.out(given(call, []));
  return 0;
};

export const textPrograms: Programs = {
  awk,
  base64,
  cut,
  echo,
  egrep: grep,
  fgrep: grep,
  grep,
  gunzip: () => 1,
  gzip: () => 0,
  md5sum: hash('md5'),
  printf,
  rev: (call) => {
    for (const line of lines(given(call, call.args))) call.out(`${line.split('').toReversed().join('')}\n`);
    return 0;
  },
  sed: through,
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sort: (call) => {
    const sorted = lines(given(call, optionsOf(call.args).rest)).toSorted();
    for (const line of optionsOf(call.args).letters.has('u') ? new Set(sorted) : sorted)
      call.out(`${line}\n`);
    return 0;
  },
  tar: () => 2,
  tr: (call) => {
    const { letters, rest } = optionsOf(call.args);
    const [from = '', to = ''] = rest.map(unescape);
    const removed = letters.has('d');
    if (from.length > 256) return 1;
    call.out(
      call.input
        .split('')
        .map((char) => {
          const at = from.indexOf(char);
          if (at < 0) return char;
          return removed ? '' : (to[Math.min(at, to.length - 1)] ?? char);
        })
        .join(''),
    );
    return 0;
  },
  uniq: (call) => {
    let before: ByteString | undefined;
    for (const line of lines(given(call, optionsOf(call.args).rest))) {
      if (line !== before) call.out(`${line}\n`);
      before = line;
    }
    return 0;
  },
  wc,
};
