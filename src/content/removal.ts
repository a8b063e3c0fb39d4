import type { ByteString } from '../model/bytes.ts';

const LOOK_BACK = 120;
/** Programs that end, forbid or delete what they are told. */
const REMOVING =
  /(?:^|[\s/])(?:p?kill(?:all)?|e?grep\s{1,4}-\w{0,6}v|iptables|ip6tables|nft|ufw|route|sed|fuser|chattr)\s/;

/**
 * True when the command that names something at `at` is one that removes it: drops end the programs and close the ways
 * of their competitors (`pkill -f 192.0.2.7`), whose servers are not their own.
 */
export function isToBeRemoved(text: ByteString, at: number): boolean {
  const before = text.slice(Math.max(0, at - LOOK_BACK), at);
  const command = before.slice(Math.max(...[';', '|', '&', '\n'].map((end) => before.lastIndexOf(end))) + 1);
  return REMOVING.test(command);
}
