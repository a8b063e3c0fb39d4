import type { ByteString } from '../../model/bytes.ts';

/** What the words of a text may be about; bits of a number. */
export const CUE = {
  secret: 1,
  password: 2,
  provider: 4,
  carried: 8,
  hash: 16,
  store: 32,
  aws: 64,
  person: 128,
  shape: 256,
} as const;

/** First four characters of words, in any case, and what they are cues of. */
const WORDS: readonly (readonly [words: string, cue: number])[] = [
  ['pass kenn senh cont secr toke salt mast erla', CUE.secret],
  ['pass ntlm nt_h', CUE.password],
  [
    'firs last full surn give fami midd maid cust cont pati empl vorn nach pren apel cogn sobr addr stre ansc adre stra dire indi ende reis pasa plat kenn pass',
    CUE.person,
  ],
  ['azdo .atl %3aa', CUE.shape],
  ['begi encr kdfp $ans', CUE.store],
  ['akia asia secr', CUE.aws],
  ['pbkd scry {sha {ssh scra aqaa', CUE.hash],
  ['twil hero data clou okta mail algo page azur snyk', CUE.provider],
  [
    'asic "aut _aut iden eare mach requ mast pass sshp curl mysq redi dock :543 jdbc @tcp .git otpa mnem /hoo nral snmp unse phps jses asp. conn lara sess _ses cfdj gaaa',
    CUE.carried,
  ],
];
/** Words of three characters, before whatever. */
const SHORT: readonly (readonly [word: string, cue: number])[] = [
  ['pwd', CUE.secret | CUE.password],
  ['psk', CUE.secret],
  ['key', CUE.secret],
  ['_pw', CUE.secret],
  ['mot', CUE.secret],
  ['nth', CUE.password],
  ['.ej', CUE.carried],
  [':::', CUE.hash],
  [':aa', CUE.shape],
  ['-us', CUE.shape],
];

const byHead = new Map<string, number>();
const first = new Uint8Array(65_536);
const second = new Uint8Array(65_536);
for (const [words, cue] of WORDS) for (const word of words.split(' ')) learn(word, cue);
for (const [word, cue] of SHORT) learn(word, cue);

function learn(word: string, cue: number): void {
  byHead.set(word, (byHead.get(word) ?? 0) | cue);
  for (const [table, at] of [
    [first, 0],
    [second, 1],
  ] as const)
    for (const one of cases(word[at] ?? ''))
      for (const two of cases(word[at + 1] ?? '')) table[(one.charCodeAt(0) << 8) | two.charCodeAt(0)] = 1;
}

function cases(character: string): readonly string[] {
  return [character.toLowerCase(), character.toUpperCase()];
}

let lastText = '';
let lastCues = 0;

/**
 * The cues in a text, in one pass: asking five regular expressions that ignore case costs as much as all the rest. The
 * last answer is kept, as several detectors ask of the same text.
 */
export function cuesIn(text: ByteString): number {
  if (text === lastText) return lastCues;
  let cues = 0;
  const last = text.length - 2;
  for (let at = 0; at < last; at++) {
    const middle = text.charCodeAt(at + 1) & 0xff;
    if (first[((text.charCodeAt(at) & 0xff) << 8) | middle] === 0) continue;
    if (second[(middle << 8) | (text.charCodeAt(at + 2) & 0xff)] === 0) continue;
    const head = text.slice(at, at + 4).toLowerCase();
    cues |= (byHead.get(head) ?? 0) | (byHead.get(head.slice(0, 3)) ?? 0);
    if (cues === ALL) break;
  }
  lastText = text;
  lastCues = cues;
  return cues;
}

const ALL = Object.values(CUE).reduce((all, cue) => all | cue, 0);
