import type { ByteString } from '../../model/bytes.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const MOST_TRIED = 1_000;
/** A list of subscribers is counted, not sampled. */
const MOST_EMAILS = 8 * MOST_LEAKS_A_VALUE;

export function emails(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  let tried = 0;
  for (let at = text.indexOf('@'); at >= 0 && tried < MOST_TRIED; at = text.indexOf('@', at + 1), tried++) {
    if (leaks.length >= MOST_EMAILS) break;
    const written = /[A-Za-z0-9.!#$&'*+/=?^_`{|}~%-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    // What may stand in an address by RFC 5322 and does in none of a person is what stands around it.
    const local = /[A-Za-z0-9][A-Za-z0-9._+'-]{0,63}$/.exec(written ?? '')?.[0];
    const domain =
      /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}(?:[A-Za-z]{2,24}|xn--[a-z0-9-]{2,59})(?![A-Za-z0-9-])/.exec(
        text.slice(at + 1, at + 255),
      )?.[0];
    if (local === undefined || domain === undefined || isNobody(local, domain)) continue;
    // `user:password@host` of a URL, `git@host:path`, and `@scope/package@1.0.x` are no addresses of people.
    const start = at - local.length;
    const before = text[start - 1];
    if (text.slice(Math.max(0, start - 160), start).match(/:\/\/[^\s"'<>/?]{0,150}$/) !== null) continue;
    if (/^:[^\s"',}]/.test(text.slice(at + 1 + domain.length, at + 3 + domain.length)) || before === '/')
      continue;
    leaks.push({
      kind: 'personal.email',
      title: 'e-mail address',
      severity: 'low',
      secret: `${local}@${domain}`.toLowerCase(),
      at: start,
    });
  }
  return leaks;
}

function isNobody(local: string, domain: string): boolean {
  return (
    /^(git|no[._-]?reply|do[._-]?not[._-]?reply|postmaster|mailer-daemon|root|user|name|email|you|your[._-]?(name|email)|someone)$/i.test(
      local,
    ) ||
    /(^|\.)example(\.[a-z]{2,6})?$|\.(invalid|test|local|localhost|localdomain|internal|lan|png|jpe?g|gif|svg|webp|js|css|map|json|html?|php|py|go|rb|so|service)$|^(yourdomain|mydomain|domain)\.com$/i.test(
      domain,
    )
  );
}
