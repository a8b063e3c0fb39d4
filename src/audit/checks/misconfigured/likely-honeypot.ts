import type { ByteString } from '../../../model/bytes.ts';
import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';

type Info = ReadonlyMap<string, ByteString>;
/** What is wrong with it, in a few words; undefined when nothing is. */
type Sign = (info: Info) => string | undefined;

/** Constants that honeypot programs print, from published analyses of them. One is enough. */
const DEFINITE: readonly Sign[] = [
  (info) => fixed(info, 'run_id', /^41be2f14[0-9a-f]*dcd1$/),
  (info) => fixed(info, 'master_replid', /^e8ab6fdf[0-9a-f]*2761$/),
];

/** What no real server prints, but a proxy or an odd build might: two are needed. */
const ODD: readonly Sign[] = [
  (info) => fixed(info, 'process_id', /^89810$/),
  (info) =>
    /^[0-9a-f]{40}$/.test(info.get('run_id')?.slice(0, 64) ?? '') ? undefined : 'run_id is not 40 hex digits',
  (info) => fixed(info, 'run_id', /^(.)\1*$/),
  (info) => fixed(info, 'master_replid', /^([1-9a-f])\1*$/),
  (info) => (info.size < 20 ? `INFO has ${info.size} fields only` : undefined),
  (info) => {
    const [os, api] = [info.get('os') ?? '', info.get('multiplexing_api') ?? ''];
    const wrong =
      (os.startsWith('Linux') && api === 'kqueue') || (os.startsWith('Darwin') && api === 'epoll');
    return wrong ? `multiplexing_api ${api} on ${printable(os, 40)}` : undefined;
  },
  (info) => {
    const [seconds, days] = [number(info, 'uptime_in_seconds'), number(info, 'uptime_in_days')];
    return Math.abs(Math.floor(seconds / 86_400) - days) > 1
      ? 'uptime in days and in seconds differ'
      : undefined;
  },
  (info) => {
    const [used, peak] = [number(info, 'used_memory'), number(info, 'used_memory_peak')];
    return used > peak * 1.05 ? 'used_memory above its own peak' : undefined;
  },
  (info) =>
    number(info, 'connected_clients') === 0 ? 'no connected client, although this audit is one' : undefined,
  (info) =>
    number(info, 'total_commands_processed') === 0 ? 'no command processed, although it answered' : undefined,
  (info) =>
    number(info, 'total_connections_received') === 0
      ? 'no connection received, although we are one'
      : undefined,
];

/**
 * Reads: INFO. A server that is no server must not be counted as one, nor must its owner be woken: such a finding is
 * information, and studies leave it out.
 */
export const likelyHoneypot: Check = {
  id: 'audit.misconfigured.likely-honeypot',
  axis: 'misconfigured',
  title: 'It is a server, not a decoy',
  reads: ['INFO'],
  depth: 'L1',
  run: ({ facts: { info, engine, subject } }) => {
    if (info === undefined || subject.kind !== 'server')
      return { findings: [], moot: 'nobody answered INFO' };
    if (info.get('redis_mode') === 'sentinel' || (engine !== undefined && engine.comparable === undefined)) {
      return { findings: [], moot: 'Sentinels and compatible engines print another INFO' };
    }
    const tell = (signs: readonly Sign[]): string[] => signs.flatMap((sign) => sign(info) ?? []);
    const [definite, odd] = [tell(DEFINITE), tell(ODD)];
    if (definite.length === 0 && odd.length < 2) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.misconfigured.likely-honeypot',
          title: 'Probably a honeypot',
          severity: 'info',
          stage: 'reconnaissance',
          attack: ['T1190'],
          why: 'What it says of itself does not fit together. Keep it out of figures about servers, and do not believe its data.',
          advice:
            'If it is a sensor of yours, ask it what gives it away: sundew self-check HOST:PORT\nIf it is a proxy, audit the server behind it',
          evidence: [...definite, ...odd]
            .slice(0, 10)
            .map((excerpt) => ({ event: 'INFO', field: 'consistency', excerpt })),
          decides: false,
        },
      ],
    };
  },
};

function fixed(info: Info, field: string, pattern: RegExp): string | undefined {
  const value = info.get(field)?.slice(0, 64);
  return value !== undefined && pattern.test(value) ? `${field} is ${printable(value, 64)}` : undefined;
}

/** NaN, which no comparison holds for, when the field is missing. */
function number(info: Info, field: string): number {
  const text = info.get(field)?.slice(0, 32);
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}
