import type { Act } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import { printable, printableText } from '../model/printable.ts';
import type { EventView } from './answers.ts';

/** How much of one event is shown, in characters; what an attacker sends decides nothing about the answer's size. */
export interface ShownLimits {
  readonly argument: number;
  readonly all: number;
}
/** For feeds and tables. */
export const BRIEF: ShownLimits = { argument: 160, all: 320 };
/** For the page of one session. */
export const FULL: ShownLimits = { argument: 4_096, all: 12_288 };

type Told = Pick<EventView, 'what' | 'args'> & Partial<Pick<EventView, 'outcome' | 'note' | 'cut'>>;

/** Acts that a command's own event comes before. */
const DERIVED: ReadonlySet<Act['type']> = new Set([
  'redis.value',
  'redis.setting',
  'redis.save',
  'redis.replica-of',
  'redis.module',
  'redis.script',
  'redis.login',
  'shell.command',
  'master.dialled',
  'master.not-dialled',
  'file.captured',
  'file.offered',
  'smb.login',
]);

/** An event as the page shows it: printable and bounded. */
export function eventView(event: Event, limits: ShownLimits): EventView {
  const { args, ...told } = tell(event.act);
  return {
    id: printableText(event.id, 100),
    time: event.time,
    sensor: printableText(event.sensor, 100),
    session: printableText(event.session, 100),
    peer: { address: printableText(event.peer.address, 100), port: event.peer.port },
    type: event.act.type,
    derived: DERIVED.has(event.act.type),
    ...told,
    ...shorten(args, limits),
  };
}

function shorten(
  args: readonly string[],
  { argument, all }: ShownLimits,
): Pick<EventView, 'args' | 'argsLeft'> {
  const shown: string[] = [];
  let left = all;
  for (const arg of args) {
    if (left <= 0) return { args: shown, argsLeft: args.length - shown.length };
    const text = printable(arg, Math.min(argument, left));
    shown.push(text);
    left -= text.length + 1;
  }
  return { args: shown };
}

function tell(act: Act): Told {
  switch (act.type) {
    case 'session.opened':
      return {
        what: 'connected',
        args: [],
        note: `to ${printableText(act.local.address, 100)}:${act.local.port}`,
      };
    case 'session.closed':
      return {
        what: 'left',
        args: [],
        note: `${act.reason}; ${act.commands === 1 ? '1 command' : `${act.commands} commands`}, ${act.bytesIn} bytes in, ${act.bytesOut} out, ${seconds(act.ms)}`,
      };
    case 'session.flood':
      return {
        what: 'flood',
        args: [],
        note: `${act.connections} connections that told nothing, ${act.commands} commands, ${act.bytesIn} bytes in`,
      };
    case 'redis.command':
      return {
        what: printable(act.name, 128)
          .replace('|', ' ')
          .replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
        args: act.args,
        outcome: act.reply,
        ...(act.error === undefined ? {} : { note: printable(act.error, 300) }),
        ...(act.cut === undefined ? {} : { cut: act.cut.slice(0, 20).map(safeCut) }),
      };
    case 'redis.burst':
      return {
        what: 'burst',
        args: Object.entries(act.counts).map(([name, count]) => `${count} ${name}`),
        note: `in ${seconds(act.ms)}`,
      };
    case 'redis.value':
      return {
        what: `${act.kind} value`,
        args: [act.key, ...(act.field === undefined ? [] : [act.field]), act.value],
        note: `db ${act.db}, ${act.cut?.[0]?.length ?? act.value.length} bytes`,
        ...(act.cut === undefined ? {} : { cut: act.cut.slice(0, 20).map(safeCut) }),
      };
    case 'redis.setting':
      return { what: 'setting', args: [act.name, act.value], outcome: accepted(act) };
    case 'redis.save':
      return { what: 'saves to file', args: [`${act.dir}/${act.dbfilename}`], outcome: accepted(act) };
    case 'redis.replica-of':
      return act.host === null
        ? { what: 'replica of nobody', args: [], outcome: accepted(act) }
        : { what: 'replica of', args: [`${act.host}:${act.port ?? '?'}`], outcome: accepted(act) };
    case 'redis.module':
      return { what: `module ${act.action}`, args: [act.path ?? act.name ?? ''], outcome: accepted(act) };
    case 'redis.script':
      return {
        what: act.via === 'function-load' ? 'function code' : 'Lua code',
        args: [act.body],
        note: `SHA-1 ${printableText(act.sha1, 40)}`,
      };
    case 'redis.login':
      return { what: 'login', args: [act.user, act.password], outcome: accepted(act) };
    case 'redis.statistic':
      return { what: 'ran before', args: [act.command], note: `${act.calls} calls` };
    case 'shell.command':
      return {
        what: 'shell line',
        args: [act.line],
        ...(act.cut === undefined ? {} : { cut: act.cut.slice(0, 20).map(safeCut) }),
      };
    case 'master.dialled':
      return {
        what: 'dialled the master',
        args: [`${act.host}:${act.port}`],
        note: `${act.outcome}; ${act.bytes} bytes, ${seconds(act.ms)}`,
      };
    case 'master.not-dialled':
      return { what: 'did not dial the master', args: [`${act.host}:${act.port}`], note: act.reason };
    case 'file.captured':
      return {
        what: `captured ${act.kind}`,
        args: [act.path, ...act.names],
        note: `${act.size} bytes, SHA-256 ${printableText(act.sha256, 64)}${act.fresh ? '' : ', seen before'}`,
      };
    case 'file.offered':
      return {
        what: 'handed in a file',
        args: [act.name],
        note: `${act.size} bytes, SHA-256 ${printableText(act.sha256, 64)}${act.kept ? '' : ', not kept'}`,
      };
    case 'http.request':
      return {
        what: printable(act.method, 64),
        args: [
          act.target,
          ...act.headers.map(([name, value]) => `${name}: ${value}`),
          ...(act.body === '' ? [] : [act.body]),
        ],
        note: [
          act.status === 0 ? 'not answered' : `answered ${act.status}`,
          ...(act.lacks === undefined ? [] : [`from a log: no ${act.lacks.join(', no ')}`]),
        ].join('; '),
        ...(act.cut === undefined ? {} : { cut: act.cut.slice(0, 20).map(safeCut) }),
      };
    case 'smb.command':
      return {
        what: `SMB ${printable(act.name, 80).replaceAll('-', ' ')}`,
        args: [act.subcommand, act.path, act.order, ...(act.dialects ?? [])].flatMap((word) => word ?? []),
        note: [
          act.status === '' ? 'not answered' : printable(act.status, 80),
          ...(act.continues === undefined ? [] : [`goes on with ${printable(act.continues, 80)}`]),
          ...(act.late === undefined ? [] : ['after its end']),
        ].join('; '),
      };
    case 'smb.login':
      return {
        what: 'login',
        args: [act.domain, act.user, act.workstation, act.nativeOs, act.nativeLanMan],
        outcome: accepted(act),
      };
    case 'wire.fault':
      return {
        what: act.looksLike === 'unknown' ? 'not the protocol' : `speaks ${act.looksLike}`,
        args: [act.sample],
        note: printable(act.fault, 200),
      };
  }
}

function accepted(act: { readonly accepted: boolean }): 'ok' | 'refused' {
  return act.accepted ? 'ok' : 'refused';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
}

function safeCut(cut: { readonly index: number; readonly length: number; readonly sha256: string }) {
  return { index: cut.index, length: cut.length, sha256: printableText(cut.sha256, 64) };
}
