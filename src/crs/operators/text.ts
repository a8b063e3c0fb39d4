import type { ByteString } from '../../model/bytes.ts';

/** Comparisons of bytes, by operator; letter case counts. */
export const TEXT_TESTS: Readonly<Record<string, (value: ByteString, argument: ByteString) => boolean>> = {
  streq: (value, argument) => value === argument,
  contains: (value, argument) => value.includes(argument),
  containsword: (value, argument) => containsWord(value, argument),
  beginswith: (value, argument) => value.startsWith(argument),
  endswith: (value, argument) => value.endsWith(argument),
  // The other way round: the value is looked for in the argument.
  within: (value, argument) => argument.includes(value),
};

function containsWord(value: ByteString, word: ByteString): boolean {
  for (let at = value.indexOf(word); at >= 0; at = value.indexOf(word, at + 1)) {
    const [before = ' ', after = ' '] = [value[at - 1], value[at + word.length]];
    if (!/\w/.test(before) && !/\w/.test(after)) return true;
    if (word === '') return true;
  }
  return false;
}
