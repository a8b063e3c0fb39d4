import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import { parseInfo } from '../redis/info.ts';
import { textOf } from './answer-values.ts';
import type { Line } from './line.ts';

/** What the server says it is. */
export interface ServerIdentity {
  readonly engine: 'redis' | 'valkey';
  /** As told; empty when the server tells nothing without a password. */
  readonly version: string;
  /** Level of Redis whose texts apply: 6.0, 7.2 ...; Valkey has 7.2. Of a locked server the lowest its texts allow. */
  readonly level: number;
  /** Wants a password that we have not. */
  readonly locked: boolean;
  /** Texts of this version were measured. */
  readonly measured: boolean;
  readonly info: ReadonlyMap<string, ByteString>;
}

/** What was asked and does not look like Redis at all has neither version nor lock. */
export async function identify(line: Line): Promise<ServerIdentity> {
  const reply = await line.ask('INFO');
  if (reply.kind === 'error' && reply.text.startsWith('NOAUTH')) return lockedIdentity(line);
  const info = parseInfo(textOf(reply) ?? '');
  const valkey = info.get('valkey_version');
  const told = (valkey ?? info.get('redis_version') ?? '').slice(0, 40);
  const [major = 0, minor = 0] = told.split('.').map(Number);
  const number = major + minor / 10;
  const level = valkey === undefined ? number : 7.2;
  const measured = valkey === undefined ? number >= 6 && number <= 8 : number >= 7.2 && number <= 8.1;
  const engine = valkey === undefined ? 'redis' : 'valkey';
  return {
    engine,
    version: printable(told, 40),
    level: Number.isFinite(level) ? level : 0,
    locked: false,
    measured,
    info,
  };
}

/** Without a password only the wording of refusals tells how old a server is. */
async function lockedIdentity(line: Line): Promise<ServerIdentity> {
  const unknown = await line.ask('SUNDRY');
  const hello = await line.ask('HELLO', '3');
  const quotes = unknown.kind === 'error' && unknown.text.includes("'SUNDRY'");
  const proto = hello.kind === 'error' && hello.text.includes('<proto>');
  const level = quotes ? (proto ? 7.2 : 7) : 6;
  return { engine: 'redis', version: '', level, locked: true, measured: true, info: new Map() };
}
