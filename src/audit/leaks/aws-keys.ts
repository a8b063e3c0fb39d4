import type { ByteString } from '../../model/bytes.ts';
import { CUE, cuesIn } from './cue-words.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

/** Access key ids of AWS with the secret that belongs to them, and secrets under their own name. */
export const awsKeys: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  if ((cuesIn(text) & CUE.aws) === 0) return leaks;
  if (text.includes('AKIA') || text.includes('ASIA')) {
    for (const match of text.matchAll(/(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g)) {
      if (leaks.length >= MOST_LEAKS_A_VALUE) break;
      if (/(?<!\\)[A-Za-z0-9]$/.test(text.slice(Math.max(0, match.index - 2), match.index))) {
        const code = text.charCodeAt(match.index - 1);
        if (code !== 20 && code !== 25) continue;
      }
      if (match[0].endsWith('EXAMPLE')) continue;
      leaks.push(accessKey(match[0], secretIn(text) !== undefined));
    }
  }
  if (leaks.length === 0 && /secret_?access_?key/i.test(text.length > 65_536 ? '' : text)) {
    const secret = secretIn(text);
    if (secret !== undefined)
      leaks.push({ kind: 'token.aws', title: 'AWS secret access key', severity: 'high', secret });
  }
  return leaks;
};

/** The id is public by itself; with a secret of 40 characters beside it, it opens the account. */
function accessKey(word: string, withSecret: boolean): Leak {
  return {
    kind: 'token.aws',
    title: withSecret ? 'AWS access key with its secret' : 'AWS access key id',
    severity: withSecret ? 'critical' : 'low',
    secret: word,
  };
}

/** 40 characters of base64 that are no digest in hexadecimal and no sample. */
function secretIn(text: ByteString): string | undefined {
  for (const [, word = ''] of text.matchAll(/(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g)) {
    if (/^[0-9a-f]+$/i.test(word) || word.endsWith('EXAMPLEKEY') || new Set(word).size < 16) continue;
    if (/[a-z]/.test(word) && /[A-Z]/.test(word) && /\d|[/+]/.test(word)) return word;
  }
  return undefined;
}
