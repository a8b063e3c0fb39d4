import type { ReplicaSide } from '../emulator/master-link.ts';
import { dialsAtOnce } from '../emulator/master-link.ts';
import type { ByteString } from '../model/bytes.ts';
import { bulks } from '../wire/resp-reply.ts';

/** One thing that a replica says before it asks for data, and which answers it cannot live with. */
export interface Greeting {
  readonly bytes: ByteString;
  /** An error ends the dial. */
  readonly needed: boolean;
}

export const PING: ByteString = bulks(['PING']);
/** The old way to ask for everything, inline: for masters that do not know PSYNC. */
export const SYNC: ByteString = 'SYNC\r\n';

/**
 * What follows after PONG, as measured from replicas of 6.0.16, 7.0.15, 8.0.2 and Valkey 8.1.1. Up to 6.0 each waits for
 * the answer to the one before; later all are written at once, one by one.
 */
export function greetings(side: ReplicaSide): readonly Greeting[] {
  const user = side.setting('masteruser');
  const password = side.setting('masterauth');
  const announced = side.setting('replica-announce-port');
  const address = side.setting('replica-announce-ip');
  const port = announced === '' || announced === '0' ? String(side.port) : announced;
  const said: Greeting[] = [];
  const add = (words: readonly string[], needed = false): void => {
    said.push({ bytes: bulks(words), needed });
  };
  if (password !== '') add(['AUTH', ...(user === '' ? [] : [user]), password], true);
  add(['REPLCONF', 'listening-port', port]);
  if (address !== '') add(['REPLCONF', 'ip-address', address]);
  const more = side.level >= 8 && side.valkey === undefined ? ['capa', 'rdb-channel-repl'] : [];
  add(['REPLCONF', 'capa', 'eof', 'capa', 'psync2', ...more]);
  if (side.valkey !== undefined) add(['REPLCONF', 'version', side.valkey]);
  return said;
}

/** All of the greetings without waiting for answers. */
export function greetsAtOnce(side: ReplicaSide): boolean {
  return dialsAtOnce(side.level);
}

/** A replica that was a master offers its own history first, and asks for everything once that has failed. */
export function psync(side: ReplicaSide, offersHistory: boolean): ByteString {
  return offersHistory ? bulks(['PSYNC', side.replId(), '1']) : bulks(['PSYNC', '?', '-1']);
}

export function ack(offset: number): ByteString {
  return bulks(['REPLCONF', 'ACK', String(offset)]);
}

/** Answers to PING that a replica lives with beside PONG: it may log in next. */
export function isPong(line: ByteString): boolean {
  return /^(\+|-NOAUTH|-NOPERM|-ERR operation not permitted)/.test(line.slice(0, 64));
}
