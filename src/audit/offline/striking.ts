import type { ByteString } from '../../model/bytes.ts';

/**
 * A quick look at a value: has it something that attacks leave, or that secrets begin with? Where a dump is too large for
 * judging every value, such are judged all the same. It decides nothing.
 */
export function isStriking(value: ByteString): boolean {
  return (
    value.length >= SHORTEST && STRIKING.test(value.length > LOOKED_AT ? value.slice(0, LOOKED_AT) : value)
  );
}

const SHORTEST = 6;
/** What attacks leave begins at the beginning. */
const LOOKED_AT = 512;
const STRIKING =
  /\n\s?\n|\n[ \t]*[*\d@][^\n]{0,20} [*\d]|curl|wget|\/dev\/tcp|\/bin\/|chattr|crontab|authorized_keys|ssh-(?:rsa|ed25519|dss)|base64|eval\(|exec\(|system\(|popen|<\?php|<%|BEGIN |AKIA|ASIA|AIza|gh[opsu]_|github_pat_|glpat-|xox[abprs]-|sk_live_|sk-[A-Za-z]|SG\.|hf_|npm_|dop_v1_|eyJ|:\/\/[^\s/@]{1,64}:[^\s/@]{1,64}@|\xac\xed\0\x05|\x80[\x02-\x05][\x95c(}\]]|\x7fELF|\$2[aby]\$|\$argon2|onion|stratum\+|pastebin/;
