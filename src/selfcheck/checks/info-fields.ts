import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import { textsOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { observes } from './observe.ts';

type Info = ReadonlyMap<string, ByteString>;
/** A contradiction within one INFO, or undefined. */
type Contradiction = (info: Info) => string | undefined;

const HEX = /^[0-9a-f]{40}$/;
const MEGABYTE = 1_048_576;
const number = (info: Info, field: string): number => Number(info.get(field));
const pair = (info: Info, one: string, two: string): string =>
  printable(`${one}:${info.get(one) ?? '(missing)'}, ${two}:${info.get(two) ?? '(missing)'}`, 200);

const CONTRADICTIONS: readonly Contradiction[] = [
  (info) => {
    const broken = ['run_id', 'master_replid', 'master_replid2'].find(
      (field) => !HEX.test(info.get(field) ?? ''),
    );
    return broken === undefined ? undefined : `${broken} is no id of 40 hex digits`;
  },
  (info) =>
    info.get('run_id') === info.get('master_replid') ? 'run_id and master_replid are the same' : undefined,
  (info) => {
    const [os = '', api = ''] = [info.get('os'), info.get('multiplexing_api')];
    const odd = (os.startsWith('Linux') && api === 'kqueue') || (os.startsWith('Darwin') && api === 'epoll');
    return odd ? pair(info, 'os', 'multiplexing_api') : undefined;
  },
  (info) =>
    /x86_64|aarch64|amd64/.test(info.get('os') ?? '') && info.get('arch_bits') !== '64'
      ? pair(info, 'os', 'arch_bits')
      : undefined,
  (info) =>
    number(info, 'process_id') >= 1 && number(info, 'process_id') <= 4_194_304
      ? undefined
      : pair(info, 'os', 'process_id'),
  (info) =>
    number(info, 'used_memory_peak') < number(info, 'used_memory')
      ? pair(info, 'used_memory', 'used_memory_peak')
      : undefined,
  (info) => {
    const dataset = number(info, 'used_memory') - number(info, 'used_memory_overhead');
    // The two are measured one after the other.
    return Math.abs(dataset - number(info, 'used_memory_dataset')) > MEGABYTE
      ? pair(info, 'used_memory_overhead', 'used_memory_dataset')
      : undefined;
  },
  (info) =>
    human(number(info, 'used_memory')) === info.get('used_memory_human')
      ? undefined
      : pair(info, 'used_memory', 'used_memory_human'),
  (info) =>
    human(number(info, 'maxmemory')) === info.get('maxmemory_human')
      ? undefined
      : pair(info, 'maxmemory', 'maxmemory_human'),
  (info) =>
    human(number(info, 'total_system_memory')) === info.get('total_system_memory_human')
      ? undefined
      : pair(info, 'total_system_memory', 'total_system_memory_human'),
  (info) =>
    number(info, 'used_memory') > number(info, 'total_system_memory')
      ? pair(info, 'used_memory', 'total_system_memory')
      : undefined,
  (info) =>
    number(info, 'connected_clients') < 1 ? 'connected_clients:0 while we are connected' : undefined,
  (info) =>
    info.get('role') === 'slave' && !info.has('master_host') ? 'role:slave without a master_host' : undefined,
];

/** What CONFIG GET and INFO both tell. */
const BOTH: readonly (readonly [setting: string, field: string])[] = [
  ['port', 'tcp_port'],
  ['maxmemory', 'maxmemory'],
  ['maxmemory-policy', 'maxmemory_policy'],
  ['maxclients', 'maxclients'],
  ['hz', 'configured_hz'],
  ['repl-backlog-size', 'repl_backlog_size'],
];

export const infoChecks: readonly Check[] = [
  observes(
    {
      id: 'C21',
      title: 'INFO does not contradict itself',
      why: 'Values that were copied from several servers do not fit together.',
    },
    async ({ info }) => {
      const fields = await info('everything');
      if (fields.size === 0) return undefined;
      const found = CONTRADICTIONS.map((contradiction) => contradiction(fields)).find(
        (text) => text !== undefined,
      );
      return found === undefined ? undefined : { saw: found, expected: 'values of one and the same server' };
    },
  ),
  observes(
    {
      id: 'C23',
      title: 'CONFIG and INFO tell the same',
      why: 'They are written by different hands in an emulation.',
    },
    async ({ ask, info }) => {
      const fields = await info('everything');
      for (const [setting, field] of BOTH) {
        const told = fields.get(field);
        const set = textsOf(await ask('CONFIG', 'GET', setting))[1];
        if (told === undefined || set === undefined || told === set) continue;
        return {
          saw: printable(`CONFIG GET ${setting} → ${set}, INFO ${field}:${told}`, 200),
          expected: 'the same',
        };
      }
      return undefined;
    },
  ),
];

/** Bytes as Redis writes them for people: 852.84K. */
function human(bytes: number): string {
  if (bytes < 1_024) return `${bytes}B`;
  for (const [at, unit] of ['K', 'M', 'G', 'T'].entries()) {
    if (bytes < 1_024 ** (at + 2)) return `${(bytes / 1_024 ** (at + 1)).toFixed(2)}${unit}`;
  }
  return '';
}
