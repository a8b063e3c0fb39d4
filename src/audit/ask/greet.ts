import type { LookupFunction } from 'node:net';
import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import type { Reply } from '../../wire/reply.ts';
import type { AuditLimits } from '../limits.ts';
import { loginWords } from './allowed.ts';
import { askBracket } from './ask-bracket.ts';
import type { AuditConnection } from './connection.ts';
import { ConversationEnded } from './conversation-ended.ts';
import { speaksTls } from './open-socket.ts';
import { redisCli } from './redis-cli.ts';
import { textOf } from './reply-values.ts';
import type { AuditTarget } from './target.ts';

export interface GreetOptions {
  readonly signal?: AbortSignal | undefined;
  readonly lookup?: LookupFunction | undefined;
  /** Send the password also to a server whose certificate cannot be verified. */
  readonly insecure?: boolean | undefined;
}

export interface Greeting {
  /** It answered before any login. */
  readonly openWithoutLogin: boolean;
  /** It answered PING as only Redis and its kin do. */
  readonly redisLike: boolean;
  readonly notes: readonly string[];
}

/** PING, and AUTH when the operator gave a password. Throws `ConversationEnded` when the target lets nobody in. */
export async function greet(
  connection: AuditConnection,
  target: AuditTarget,
  limits: AuditLimits,
  options: GreetOptions,
): Promise<Greeting> {
  const first = await firstReply(connection, target, limits, options);
  const locked = first.kind === 'error' && isLocked(first.text);
  if (first.kind === 'error' && !locked) turnedAway(target, first.text);
  const openWithoutLogin = !locked;
  const redisLike =
    first.kind === 'error' ? /^[A-Z]{3,16} /.test(first.text.slice(0, 32)) : textOf(first) === 'PONG';
  if (target.password === undefined) {
    if (locked) throw await lockedOut(connection, target, needsPassword(target));
    return { openWithoutLogin, redisLike, notes: [] };
  }
  const kept = whyKept(connection, target, openWithoutLogin, options);
  if (kept !== undefined) {
    if (locked) throw await lockedOut(connection, target, `${target.text} needs a password. ${kept}`);
    return { openWithoutLogin, redisLike, notes: [kept] };
  }
  const [login] = await connection.ask([['AUTH', ...(loginWords(target) ?? [])]]);
  if (login?.kind !== 'error') return { openWithoutLogin, redisLike, notes: [] };
  throw new ConversationEnded(
    'auth-required',
    `${target.text} refused the user or password given (${printable(login.text, 80)}). Check them with: ${redisCli(target)} ping`,
  );
}

/** Why the password that was given is not sent: it would gain nothing, or might go to somebody else. */
function whyKept(
  { tls }: AuditConnection,
  { user }: AuditTarget,
  openWithoutLogin: boolean,
  { insecure }: GreetOptions,
): string | undefined {
  if (openWithoutLogin && user === undefined) {
    return 'A password was given, but the server asks for none: it was not sent.';
  }
  const certificateFault = tls?.fault;
  if (certificateFault === undefined || insecure === true) return undefined;
  const remedy = certificateFault.includes('ALTNAME')
    ? 'Ask by a name that stands in it, or name it with --sni'
    : 'Make its authority known with --cacert ca.pem';
  return `The password was not sent, because the certificate cannot be verified (${certificateFault}). ${remedy}, or send it all the same with --insecure.`;
}

async function firstReply(
  connection: AuditConnection,
  target: AuditTarget,
  limits: AuditLimits,
  options: GreetOptions,
): Promise<Reply> {
  try {
    const [reply] = await connection.ask([['PING']]);
    return reply ?? { kind: 'null' };
  } catch (error) {
    if (!(error instanceof ConversationEnded) || target.tls) throw error;
    const { firstBytes } = connection;
    if (firstBytes === '' && error.outcome === 'protocol-fault') {
      // Redis with TLS drops a plain connection without a word. A handshake tells it from a broken server.
      throw (await speaksTls(target, limits.connectMs, options)) ? wantsTls(target) : hungUp(target);
    }
    if (isTlsAlert(firstBytes)) throw wantsTls(target);
    if (error.outcome === 'not-redis') throw notRedis(target, firstBytes);
    throw error;
  }
}

/** Redis before 2.8 said `operation not permitted`. */
function isLocked(text: ByteString): boolean {
  return text.startsWith('NOAUTH') || text.startsWith('ERR operation not permitted');
}

/** Errors after which there is no point in asking further. Others (MISCONF, MASTERDOWN, NOPERM) leave INFO to ask. */
function turnedAway(target: AuditTarget, error: ByteString): void {
  const { text } = target;
  if (error.startsWith('DENIED')) {
    throw new ConversationEnded(
      'protected',
      `${text} is in protected mode: it has no password and turns away everybody who does not come over loopback. Audit it on its own host, or set a password first.`,
    );
  }
  if (error.startsWith('ERR max number of clients')) {
    throw new ConversationEnded(
      'busy',
      `${text} has no room for another client (maxclients). Stop one of its clients, then see who holds the rest: ${redisCli(target)} client list`,
    );
  }
  if (error.startsWith('LOADING') || error.startsWith('BUSY')) {
    throw new ConversationEnded(
      'busy',
      `${text} is busy (${printable(error, 80)}). Ask again when it has finished.`,
    );
  }
}

function needsPassword({ text }: AuditTarget): string {
  return `${text} needs a password. Give it as REDISCLI_AUTH in the environment or with --password-file FILE, and the user with --user NAME.`;
}

/** What a locked server tells all the same, when the operator asked for it. */
async function lockedOut(
  connection: AuditConnection,
  { optIns }: AuditTarget,
  message: string,
): Promise<ConversationEnded> {
  if (optIns?.bracket !== true) return new ConversationEnded('auth-required', message);
  const { bracket, text } = await askBracket(connection);
  return new ConversationEnded('auth-required', `${message} ${text}`, bracket);
}

function wantsTls({ text }: AuditTarget): ConversationEnded {
  return new ConversationEnded(
    'tls-required',
    `${text} speaks TLS. Ask again with ${text.replace('redis://', 'rediss://')}`,
  );
}

function hungUp({ text }: AuditTarget): ConversationEnded {
  return new ConversationEnded(
    'refused',
    `${text} closed the connection without an answer. Check its maxclients, its firewall and that it is a Redis.`,
  );
}

function isTlsAlert(bytes: ByteString): boolean {
  return bytes.startsWith('\u0015\u0003');
}

function notRedis({ text }: AuditTarget, bytes: ByteString): ConversationEnded {
  return new ConversationEnded(
    'not-redis',
    `${text} is not a Redis: it answered like ${looksLike(bytes)} (${printable(bytes, 60)}). Check the port.`,
  );
}

function looksLike(bytes: ByteString): string {
  if (bytes.startsWith('HTTP/')) return 'a web server';
  if (bytes.startsWith('SSH-')) return 'an SSH server';
  if (/^(220|421|554)[ -]/.test(bytes)) return 'a mail or FTP server';
  if (bytes.slice(4, 5) === '\n' || /^.{4}\n\d+\.\d+/s.test(bytes.slice(0, 16))) return 'a MySQL server';
  return 'something else';
}
