import type { Format } from '../../src/imports/format.ts';
import type { Imported } from '../../src/imports/import-stream.ts';
import { importStream } from '../../src/imports/import-stream.ts';
import type { TrustedProxies } from '../../src/imports/web/trusted-proxies.ts';
import type { Act, ActOf, ActType } from '../../src/model/act.ts';
import type { Origin } from '../../src/model/recorder.ts';
import { START } from '../journal-sample.ts';

export interface SeenAct {
  readonly session: number;
  readonly origin: Origin;
  readonly act: Act;
  readonly time: number;
}

export interface Seen extends Imported {
  readonly acts: readonly SeenAct[];
  of<T extends ActType>(type: T): readonly ActOf<T>[];
}

/** Reads bytes as a file of a format, in pieces of `size`, at 2026-01-01. */
export async function importBytes(
  format: Format,
  content: string | Buffer,
  size = 65_536,
  port = 6379,
  proxies?: TrustedProxies,
): Promise<Seen> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const acts: SeenAct[] = [];
  let sessions = 0;
  const recorder = {
    openPast: (origin: Origin) => {
      const session = sessions++;
      return {
        session: String(session),
        emit: (act: Act, time: number) => acts.push({ session, origin, act, time }),
      };
    },
    saturated: false,
    drained: () => Promise.resolve(),
  };
  const imported = await importStream(chunks(), {
    format,
    recorder,
    sensor: 'test',
    port,
    proxies,
    now: () => START,
    signal: new AbortController().signal,
  });
  return {
    ...imported,
    acts,
    of: <T extends ActType>(type: T) =>
      acts.map(({ act }) => act).filter((act): act is ActOf<T> => act.type === type),
  };
}

/** What `MONITOR` makes of a word. */
export function quoted(bytes: string): string {
  const inside = bytes.replace(/[^]/g, (one) => {
    const short = {
      '\n': '\\n',
      '\r': '\\r',
      '\t': '\\t',
      '\u0007': '\\a',
      '\b': '\\b',
      '"': '\\"',
      '\\': '\\\\',
    };
    if (one in short) return short[one as keyof typeof short];
    const code = one.charCodeAt(0);
    return code >= 32 && code < 127 ? one : `\\x${code.toString(16).padStart(2, '0')}`;
  });
  return `"${inside}"`;
}
