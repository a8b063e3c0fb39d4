import { z } from 'zod';

/** A name that may stand in messages and on a command line. */
export const Name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, 'letters, digits, - and _, at most 40');

/** Where a secret is: the name of an environment variable, or a file that holds it on its first line. */
export const SecretPlace = z.union(
  [
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/),
    z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/) }),
    z.strictObject({ file: z.string().min(1).max(4_096) }),
  ],
  'the name of an environment variable, or { file: /path } - never the secret itself',
);
export type SecretPlace = z.infer<typeof SecretPlace>;

const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,100}$/, 'a header name: letters, digits and -')
  .refine((name) => !RESERVED.has(name.toLowerCase()), 'a header that Sundew sets itself');
const HeaderValue = z.string().regex(/^[\x20-\x7e]{0,1000}$/, 'printable ASCII in one line');
const RESERVED = new Set([
  'host',
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'expect',
]);

const WebAddress = z
  .string()
  .max(2_048)
  .refine(
    (text) => isWebAddress(text),
    'an address that begins with https:// (or http://), without user and password',
  );
const Host = z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, 'a host name or an address');
const Port = z.number().int().min(1).max(65_535);
/** Bare addresses only: a display name is a place where a header could be forged. */
const MailAddress = z.email('an e-mail address such as soc@example.org').max(254);

/** How a webhook wants its message. */
export const WebhookStyle = z.enum(['plain', 'slack', 'discord', 'teams', 'mattermost']);
export type WebhookStyle = z.infer<typeof WebhookStyle>;

export const WebhookChannel = z
  .strictObject({
    type: z.literal('webhook'),
    style: WebhookStyle.default('plain'),
    url: WebAddress.optional(),
    /** For addresses that are secrets themselves: those of Slack, Discord, Teams and Mattermost are. */
    urlFrom: SecretPlace.optional(),
    headers: z.record(HeaderName, HeaderValue).default({}),
    tokenFrom: SecretPlace.optional(),
    /** The header that carries the token; `Authorization` gets `Bearer ` before it. */
    tokenHeader: HeaderName.default('Authorization'),
    /** Key of an HMAC-SHA256 signature. */
    signFrom: SecretPlace.optional(),
    /** A certificate authority of one's own: a PEM file. */
    ca: z.string().min(1).max(4_096).optional(),
  })
  .refine(({ url, urlFrom }) => (url === undefined) !== (urlFrom === undefined), {
    message: 'a webhook has exactly one of url and urlFrom',
    path: ['url'],
  })
  .refine(({ style, signFrom }) => signFrom === undefined || style === 'plain', {
    message: 'only style plain is signed',
    path: ['signFrom'],
  });
export type WebhookChannel = z.infer<typeof WebhookChannel>;

export const MailChannel = z
  .strictObject({
    type: z.literal('email'),
    host: Host,
    /** 465 for implicit TLS, else 587. */
    port: Port.optional(),
    tls: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
    user: z.string().min(1).max(254).optional(),
    passwordFrom: SecretPlace.optional(),
    from: MailAddress,
    to: z.array(MailAddress).min(1).max(50),
    ca: z.string().min(1).max(4_096).optional(),
  })
  .refine(({ user, passwordFrom }) => (user === undefined) === (passwordFrom === undefined), {
    message: 'user and passwordFrom belong together',
    path: ['user'],
  })
  .refine(({ tls, user, host }) => tls !== 'none' || user === undefined || isThisMachine(host), {
    message: 'a password is not sent without TLS to another machine',
    path: ['tls'],
  });
export type MailChannel = z.infer<typeof MailChannel>;

/** Names of RFC 5424 facilities, in the order of their numbers. */
export const Facility = z.enum([
  ...([
    'kern',
    'user',
    'mail',
    'daemon',
    'auth',
    'syslog',
    'lpr',
    'news',
    'uucp',
    'cron',
    'authpriv',
  ] as const),
  ...(['ftp', 'ntp', 'audit', 'alert', 'clock'] as const),
  ...(['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'] as const),
]);
export type Facility = z.infer<typeof Facility>;

export const SyslogChannel = z
  .strictObject({
    type: z.literal('syslog'),
    transport: z.enum(['udp', 'tcp', 'unix']).default('udp'),
    host: Host.default('127.0.0.1'),
    port: Port.default(514),
    /** For `unix`: a stream socket. */
    path: z.string().min(1).max(100).optional(),
    /** How lines are told apart on a stream; `octet` over tcp and `newline` over unix sockets by default. */
    framing: z.enum(['octet', 'newline']).optional(),
    facility: Facility.default('local0'),
  })
  .refine(({ transport, path }) => (transport === 'unix') === (path !== undefined), {
    message: 'path belongs to transport unix, which needs it',
    path: ['path'],
  });
export type SyslogChannel = z.infer<typeof SyslogChannel>;

export const Channel = z.discriminatedUnion('type', [WebhookChannel, MailChannel, SyslogChannel]);
export type Channel = z.infer<typeof Channel>;

/** True for what a URL parser takes as http or https, with nothing secret before the host. */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text) || /[^\x21-\x7e]/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}

export function isThisMachine(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
  );
}
