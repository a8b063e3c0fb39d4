/** 6380 to 6389 are what further instances of a machine get; TLS is mostly on 6380. */
const FIRST = 6_379;
const LAST = 6_389;
/** Longest word that is looked at. */
const HEAD = 256;
const WORD = /(redis|valkey|keydb|dragonfly|kvrocks)/;
/** What carries the name and is no server: exporters, web pages, operators. */
const BESIDE = /(exporter|insight|commander|operator|sentinel|webhook|metrics|dashboard)/;

export function isRedisPort(port: number): boolean {
  return port >= FIRST && port <= LAST;
}

/** An image, a name or a label that tells a server of this family. */
export function isRedisWord(word: string): boolean {
  const head = word.slice(0, HEAD).toLowerCase();
  return WORD.test(head) && !BESIDE.test(head);
}

/** `redis-tls`, `tls`, `rediss`. */
export function isTlsWord(word: string): boolean {
  return /(tls|ssl|rediss)/.test(word.slice(0, HEAD).toLowerCase());
}
