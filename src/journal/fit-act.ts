import { createHash } from 'node:crypto';
import type { Act, Cut } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';

/** What an act that would not fit in a line keeps of each string, in bytes, and of its arguments. */
const HEAD = 4_096;
const ARGUMENTS = 256;
/** Of the name and of the value of a header. */
const HEADER = 256;

/**
 * The same act with its long strings cut, their length and SHA-256 noted. For acts whose line would be longer than a
 * reader accepts: sensors cut much earlier, so this is the last resort that keeps a telling act from being unreadable.
 */
export function fitAct(act: Act): Act {
  switch (act.type) {
    case 'redis.command': {
      const cut = new Map((act.cut ?? []).map((one) => [one.index, one]));
      const args = act.args.slice(0, ARGUMENTS).map((argument, index) => shortened(argument, index, cut));
      return { ...act, args, cut: [...cut.values()].filter(({ index }) => index < ARGUMENTS) };
    }
    case 'redis.value': {
      const cut = new Map((act.cut ?? []).map((one) => [one.index, one]));
      const value = shortened(act.value, -1, cut);
      const field = act.field === undefined ? {} : { field: act.field.slice(0, HEAD) };
      return { ...act, ...field, key: act.key.slice(0, HEAD), value, cut: [...cut.values()] };
    }
    case 'redis.script': {
      const cut = new Map((act.cut ?? []).map((one) => [one.index, one]));
      return { ...act, body: shortened(act.body, -1, cut), cut: [...cut.values()] };
    }
    case 'redis.setting':
      return { ...act, name: act.name.slice(0, HEAD), value: act.value.slice(0, HEAD) };
    case 'redis.login':
      return { ...act, user: act.user.slice(0, HEAD), password: act.password.slice(0, HEAD) };
    case 'redis.save':
      return { ...act, dir: act.dir.slice(0, HEAD), dbfilename: act.dbfilename.slice(0, HEAD) };
    case 'redis.replica-of':
      return { ...act, host: act.host && act.host.slice(0, HEAD) };
    case 'redis.module': {
      const path = act.path === undefined ? {} : { path: act.path.slice(0, HEAD) };
      const name = act.name === undefined ? {} : { name: act.name.slice(0, HEAD) };
      return { ...act, ...path, ...name };
    }
    case 'shell.command': {
      const cut = new Map((act.cut ?? []).map((one) => [one.index, one]));
      return { ...act, line: shortened(act.line, -1, cut), cut: [...cut.values()] };
    }
    case 'http.request': {
      const cut = new Map((act.cut ?? []).map((one) => [one.index, one]));
      const headers = act.headers
        .slice(0, ARGUMENTS)
        .map(([name, value]): [string, string] => [name.slice(0, HEADER), value.slice(0, HEADER)]);
      const target = shortened(act.target, 0, cut);
      return { ...act, target, headers, body: shortened(act.body, -1, cut), cut: [...cut.values()] };
    }
    case 'smb.command': {
      const path = act.path === undefined ? {} : { path: act.path.slice(0, HEAD) };
      return { ...act, ...path, ...(act.dialects ? { dialects: act.dialects.slice(0, ARGUMENTS) } : {}) };
    }
    case 'smb.login':
      return { ...act, user: act.user.slice(0, HEAD), domain: act.domain.slice(0, HEAD) };
    case 'file.captured':
      return { ...act, path: act.path.slice(0, HEAD), names: act.names.slice(0, ARGUMENTS) };
    case 'master.dialled':
    case 'master.not-dialled':
      return { ...act, host: act.host.slice(0, HEAD) };
    case 'session.opened':
    case 'session.closed':
    case 'session.flood':
    case 'redis.burst':
    case 'redis.statistic':
    case 'wire.fault':
    case 'file.offered':
      return act;
  }
}

/** The sensor's own note of a cut stands: it saw the whole. */
function shortened(text: ByteString, index: number, cut: Map<number, Cut>): ByteString {
  if (text.length <= HEAD) return text;
  const sha256 = createHash('sha256').update(text, 'latin1').digest('hex');
  if (!cut.has(index)) cut.set(index, { index, length: text.length, sha256 });
  return text.slice(0, HEAD);
}
