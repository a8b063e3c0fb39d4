import type { ByteString } from '../../model/bytes.ts';
import { framedAt } from './framed-word.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isSample } from './placeholders.ts';
import { createPrefixScan } from './prefix-scan.ts';
import type { TokenForm } from './token-forms.ts';
import { TOKEN_FORMS } from './token-forms.ts';
import { beginsWord, isWithinWord } from './word-start.ts';

const LONGEST_TOKEN = 1_024;
const MOST_TRIED = 1_000;
const scan = createPrefixScan(TOKEN_FORMS);

/**
 * Tokens of services, recognised by the form their provider gave them; where it has a checksum, that is computed.
 * Own forms, not secretlint: its core is asynchronous and takes 0.3 ms a value, the whole audit of a server may take
 * one. A test holds the two against each other.
 */
export const tokens: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  let past = 0;
  let tried = 0;
  scan(text, (at, forms) => {
    if (leaks.length >= MOST_LEAKS_A_VALUE || at < past) return;
    // Text made of beginnings only is no store of tokens.
    if (++tried > MOST_TRIED) return;
    for (const form of forms) {
      const word = wordOf(text, at, form);
      if (word === undefined) continue;
      past = at + word.length;
      const leak = tokenLeak(form, word, text);
      if (leak !== undefined) leaks.push(leak);
      return;
    }
  });
  return leaks;
};

/** What stands at `at`, when it has the form, nothing of a word before it and none behind. */
function wordOf(text: ByteString, at: number, { prefix, rest }: TokenForm): string | undefined {
  const from = at + prefix.length;
  // Two letters before are a word, or a mark and a length that binary forms write.
  if (isWithinWord(text, at)) return framedToken(text, at, prefix, rest);
  // Pickle's oldest protocol writes a V before a string.
  const opcode = text[at - 1] === 'V' && text[at - 2] === '\n';
  const run = /^[\w.+/=:$,%@-]*/.exec(text.slice(from, from + LONGEST_TOKEN))?.[0] ?? '';
  // A token may stand before a full stop, a comma or another field: shorter runs are tried as well.
  for (const end of [/$/, /[.,:=/@%+-]*$/, /[,:@%$].*$/, /[.,:=/@%$+].*$/]) {
    const body = run.replace(end, '');
    if (rest.test(body) && (opcode || beginsWord(text, at, prefix.length + body.length)))
      return prefix + body;
  }
  return framedToken(text, at, prefix, rest);
}

/** A binary form says how long the token is; what stands behind it there may look like more of it. */
function framedToken(text: ByteString, at: number, prefix: string, rest: RegExp): string | undefined {
  if (!/[^ -~]|[x"]./s.test(text.slice(Math.max(0, at - 2), at))) return undefined;
  const word = framedAt(text, at);
  return word !== undefined && rest.test(word.slice(prefix.length, LONGEST_TOKEN)) ? word : undefined;
}

function tokenLeak(form: TokenForm, word: string, text: ByteString): Leak | undefined {
  if (isSample(word) || text.includes(`<${word}>`)) return undefined;
  const { kind, title, severity, holds } = form;
  if (holds === undefined || holds(word)) return { kind, title, severity, secret: word };
  if (kind === 'token.discord') return undefined;
  return { kind, title: `${title} (its checksum does not hold)`, severity: 'low', secret: word };
}
