import type { ByteString } from '../../model/bytes.ts';
import type { LeakDetector } from './leak.ts';

/** Names under which sessions keep who is logged in. */
const IDENTITY =
  /(?:^|[^A-Za-z])(?:user_?(?:id|name)?|uid|login(?:_web\w*)?|account_?id|customer_?id|member_?id|e-?mail|passport|_auth_user_id|warden\.user\w*|current_?user|principal|SPRING_SECURITY_CONTEXT|is_?admin|roles?|csrf\w*|_?token|authenticated|logged_?in)(?![a-z])/i;

/**
 * What a web application stored of a visitor, one a value: whoever reads it can be that visitor. The form is judged at the
 * head of the value, so a text that speaks of sessions is none.
 */
export const sessions: LeakDetector = (text, name) => {
  if (text.length < 16) return [];
  const form = sessionForm(text);
  if (form === undefined) return [];
  // Caches are serialised in the same forms: a session says so, in its name or in what it holds.
  const head = text.slice(0, 16_384);
  if (form.generic && !/sess/i.test(name) && !MARK.test(head)) return [];
  if (!IDENTITY.test(head)) return [];
  return [
    {
      kind: 'session',
      title: `web session with an identity (${form.name})`,
      severity: 'medium',
      secret: text,
      at: 0,
    },
  ];
};

interface SessionForm {
  readonly name: string;
  /** Other things are written so, too. */
  readonly generic: boolean;
}

const MARK =
  /_auth_user_id|SPRING_SECURITY_CONTEXT|warden\.user|session_?id|_csrf_token|login_web_|_fresh|PHPSESSID/;

function sessionForm(text: ByteString): SessionForm | undefined {
  const own = ownForm(text);
  if (own !== undefined) return { name: own, generic: false };
  const generic = genericForm(text);
  return generic === undefined ? undefined : { name: generic, generic: true };
}

/** Forms that only sessions have. */
function ownForm(text: ByteString): string | undefined {
  const head = text.slice(0, 4_096);
  if (head.startsWith('{')) {
    if (/"cookie":\{[^{}]{0,200}"(?:originalMaxAge|expires|httpOnly|path)"/.test(head)) return 'express';
    if (/"(?:_auth_user_id|_csrf_token|_fresh|session_?id|sess_?id)":/i.test(head)) return 'JSON';
    return undefined;
  }
  // session_encode: a name, a bar, a serialised value.
  return /^[\w.-]{1,64}\|(?:a:\d{1,5}:\{|s:\d{1,6}:"|i:\d|b:[01];|O:\d{1,3}:"|N;)/.test(head)
    ? 'PHP'
    : undefined;
}

function genericForm(text: ByteString): string | undefined {
  const head = text.slice(0, 256);
  switch (text.charCodeAt(0)) {
    case 0xac:
      return text.startsWith('\u00ac\u00ed\u0000\u0005') ? 'Java' : undefined;
    case 0x80:
      return isPickle(text) ? 'Python pickle' : undefined;
    case 0x04:
      return text.charCodeAt(1) === 0x08 && /^[{o@I[]/.test(text.slice(2, 3)) ? 'Ruby Marshal' : undefined;
    case 0x61: // a
    case 0x4f: // O
      if (/^(?:a:\d{1,5}:\{|O:\d{1,3}:"[\w\\]{1,120}":\d{1,5}:\{)[sai}]/.test(head)) return 'PHP';
      break;
    case 0x73: // s
      if (/^s:\d{1,6}:"a:\d{1,5}:\{/.test(head)) return 'PHP, twice';
      break;
    default:
  }
  return undefined;
}

/** PROTO 2 to 5; it ends in STOP, unless its end was cut off. */
function isPickle(text: ByteString): boolean {
  const protocol = text.charCodeAt(1);
  return protocol >= 2 && protocol <= 5 && (text.endsWith('.') || text.length >= 1_024);
}
