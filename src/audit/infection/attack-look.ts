import { shapeOf } from '../../content/fingerprint.ts';
import type { ByteString } from '../../model/bytes.ts';

/**
 * How a value stands on the server under audit. Whoever visits a sensor chooses what it learns, so also the addresses,
 * keys and values of honest servers. What was learnt counts for more than a hint only where the value here is written
 * as attacks write: between empty lines, or as a command.
 */
export interface AttackLook {
  /** It begins with an empty line of its own, so that cron or sshd skips the bytes of the dump before it. */
  readonly padded: boolean;
  /** It says what a shell or cron shall do, outside of encoded parts and URLs. */
  readonly command: boolean;
  /** What an application serialises: JSON, markup, objects, compressed bytes; then nothing of the others holds. */
  readonly data: boolean;
  /** Words of a person, not an identifier. */
  readonly prose: boolean;
}

const HEAD = 16_384;

export function attackLook(value: ByteString): AttackLook {
  const head = value.slice(0, HEAD);
  if (isData(head)) {
    // JSON and the like hold no bare line feeds within; a line for cron or sshd after an empty one is not part of it.
    const padded = /^\s*[{["]/.test(head.slice(0, 64)) && LINE_IN_DATA.test(head);
    return { padded, command: padded, prose: false, data: !padded };
  }
  const shape = shapeOf(head);
  const words = shape
    .slice(0, 512)
    .split(' ')
    .filter((word) => /^[A-Za-z']{2,24}[,.;:!?]?$/.test(word));
  return {
    padded: /^(?:[ \t\r\0\v\f]*\n[ \t\r\0\v\f]*\n|[ \t\v\f]+\n)/.test(head.slice(0, 64)),
    command: COMMAND.test(shape),
    prose: words.length >= 3,
    data: false,
  };
}

/** An empty line, then a schedule of cron or a public key as a line of its own; bounded, so linear. */
const LINE_IN_DATA =
  /\n[ \t\r]{0,8}\n[ \t]{0,8}(?:(?:[0-9*][0-9*/,~-]{0,20}[ \t]{1,8}){4}[0-9*][0-9*/,~-]{0,20}[ \t]{1,8}[^\s0-9"']|@(?:hourly|daily|weekly|monthly|reboot)[ \t]|(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}) AAAA)/;

/** A program that drops use, as a word of its own with something behind it; or a schedule of cron. */
const COMMAND =
  /(?:^|[\s;|&(`'"/])(?:curl|wget|cd1|wd1|lynx|lwp-download|tftp|ftpget|(?:ba|da|z)?sh|chmod|chattr|nohup|crontab|base64|python[0-9<n>.]{0,8}|perl|php|useradd|usermod|nc|ncat|socat)\s+\S|\/dev\/(?:tcp|udp)\/|\/bin\/(?:ba)?sh|\b_(?:GET|POST|REQUEST)\b|(?:^|\s)@(?:hourly|daily|weekly|monthly|yearly|reboot)\s+\S|(?:[*<n>/,-]+ ){4}[*<n>/,-]+ \S/;

/** How applications keep things: JSON, markup, PHP, Java, Python, Ruby, compressed bytes, pictures, PEM. */
function isData(head: ByteString): boolean {
  const text = head.trimStart();
  if (
    /^<(?:[?%](?!xml)|jsp:|script\s{1,4}(?:language|runat)\s{0,4}=\s{0,4}["']?(?:php|server))/i.test(
      text.slice(0, 48),
    )
  )
    return false;
  // A section of a unit file or the like; JSON has no word of its own there.
  if (/^\[[A-Z][A-Za-z]{1,20}\]\s/.test(text.slice(0, 32))) return false;
  // A picture goes on with binary fields; a page behind the head of one is a disguise.
  if (/^GIF8[79]a[\s;]{0,4}</.test(text.slice(0, 16))) return false;
  return (
    /^(?:[{["<]|[abdisOC]:\d|eyJ|-----BEGIN |data:)/.test(text.slice(0, 16)) ||
    /^(?:\xac\xed\0\x05|\x80[\x02-\x05]|\x1f\x8b|x[\x01\x5e\x9c\xda]|\x28\xb5\x2f\xfd|\x04\x08|\x89PNG|\xff\xd8|GIF8|%PDF|PK\x03|\0\0\0\x02)/.test(
      head.slice(0, 8),
    )
  );
}
