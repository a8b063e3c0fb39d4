/** A token for documentation: one character over and over, a run of the alphabet, or a word that says it is not meant. */
export function isSample(word: string): boolean {
  return (
    new Set(word.slice(-20)).size <= 4 ||
    /example|xxxx|placeholder|dummy|your[_-]?(api|token|key|secret)|redacted|changeme|\.\.\.|\*\*\*/i.test(
      word,
    ) ||
    /abcdefghijklmnop|ABCDEFGHIJKLMNOP|1234567890123456|qwertyuiop/.test(word)
  );
}

const COMMON =
  /^(pass(word|wd|phrase)?\d*|pwd|secret|changeme\d*|change[_-]?(me|it|this)|example|user(name)?|test(ing)?\d*|todo|none|null|undefined|true|false|hidden|redacted|removed|masked|your[_-]?\w*|my[_-]?(password|secret)|db[_-]?(pass(word)?|pwd)|\w*placeholder\w*|foo(bar)?|bar|guest|root|admin)$/i;

/** A password nobody uses: a variable, a mask, or the word for it. */
export function isPlaceholderPassword(password: string): boolean {
  return (
    new Set(password).size <= 1 ||
    COMMON.test(password) ||
    /^[$%]|\$\{|\{\{|\$\(|^\{.*\}$|^<.*>$|^\[.*\]$|%\(|\*{3}|x{6}|\.{3}|example/i.test(password)
  );
}
