import type { Act, ActOf } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import { printable } from '../model/printable.ts';
import type { Style } from './style.ts';
import { severityText } from './style.ts';
import { timeText } from './times.ts';

/** One event as one line for people: time, source, session, what was done. */
export function eventLine({ time, peer, session, act }: Event, style: Style): string {
  const who = `${peer.address}:${peer.port}`;
  return `${style('dim', timeText(time))} ${style('cyan', who)} ${style('dim', session)} ${actText(act)}\n`;
}

/** A finding as the lines under the event that completed it. */
export function findingLines(finding: Finding, style: Style): string {
  const { title, severity, rule, attack, why } = finding;
  return [
    `  ${severityText(severity, style)} ${style('bold', title)} [${rule}] ${attack.join(' ')}\n`,
    `      ${style('dim', oneLine(why))}\n`,
  ].join('');
}

const LONGEST = 160;

/** What was done, as one printable line. */
export function actText(act: Act): string {
  switch (act.type) {
    case 'session.opened':
      return `connected to ${act.local.address}:${act.local.port} (${act.protocol}${act.tls === undefined ? '' : ` over ${printable(act.tls.version, 20)}`}${act.via === undefined ? '' : ` through ${printable(act.via, 60)}`})`;
    case 'session.closed':
      return `closed (${act.reason}) after ${act.commands} commands, ${act.bytesIn} bytes in, ${act.bytesOut} out`;
    case 'session.flood':
      return `flood: ${act.connections} connections, ${act.commands} commands, ${act.bytesIn} bytes in`;
    case 'redis.command': {
      const name = printable(upper(act.name.replace('|', ' ')), LONGEST);
      const words = [name, ...act.args.map((word) => quoted(word))];
      const outcome = act.reply === 'error' ? ` -> ${printable(act.error ?? 'error', LONGEST)}` : '';
      return `${clipped(words.join(' '))}${outcome}`;
    }
    case 'redis.burst': {
      const counts = Object.entries(act.counts).toSorted(([, a], [, b]) => b - a);
      return `burst: ${counts.map(([name, count]) => `${printable(name, 40)} x${count}`).join(', ')}`;
    }
    case 'redis.value':
      return `  value in ${act.kind} ${quoted(act.key)} = ${quoted(act.value)}`;
    case 'redis.setting':
      return `  setting ${printable(act.name)} = ${quoted(act.value)}${refused(act.accepted)}`;
    case 'redis.save':
      return `  data set written to ${printable(`${act.dir}/${act.dbfilename}`)}${refused(act.accepted)}`;
    case 'redis.replica-of':
      return act.host === null
        ? `  made a master again${refused(act.accepted)}`
        : `  made a replica of ${printable(act.host)}:${act.port ?? '?'}${refused(act.accepted)}`;
    case 'redis.module':
      return `  module ${act.action} ${printable(act.path ?? act.name ?? '')}${refused(act.accepted)}`;
    case 'redis.script':
      return `  script ${act.sha1}: ${quoted(act.body)}`;
    case 'redis.login':
      return `  login as ${printable(act.user)}${refused(act.accepted)}`;
    case 'redis.statistic':
      return `  ${printable(act.command)} was called ${act.calls} times`;
    case 'shell.command':
      return `  shell line: ${quoted(act.line)}`;
    case 'master.dialled':
      return `  dialled the master ${place(act)}: ${act.outcome}, ${act.bytes} bytes`;
    case 'master.not-dialled':
      return `  did not dial the master ${place(act)}: ${act.reason}`;
    case 'file.captured': {
      const names = act.names.length > 0 ? `, brings ${printable(act.names.join(' '), LONGEST)}` : '';
      return `  captured ${act.kind} of ${act.size} bytes, SHA-256 ${printable(act.sha256, 64)}${names}`;
    }
    case 'file.offered':
      return `  handed in a file ${quoted(act.name)} of ${act.size} bytes, SHA-256 ${printable(act.sha256, 64)}`;
    case 'http.request': {
      const sent = act.body === '' ? '' : `, body of ${bodyLength(act)} bytes`;
      return clipped(
        `${printable(act.method, 64)} ${printable(act.target, LONGEST)} -> ${act.status || 'no answer'}${sent}`,
      );
    }
    case 'smb.command': {
      const goesOn = act.continues === undefined ? undefined : `goes on with ${act.continues}`;
      const late = act.late === undefined ? undefined : 'after its end';
      const words = [act.name, act.subcommand, act.path, act.order, goesOn, late].flatMap(
        (word) => word ?? [],
      );
      return `SMB ${words.map((word) => printable(word, 80)).join(' ')}${act.status === '' ? '' : ` -> ${printable(act.status, 60)}`}`;
    }
    case 'smb.login': {
      const who = `${act.domain}\\${act.user}`;
      const from = [act.workstation, act.nativeOs, act.nativeLanMan].filter((word) => word !== '');
      return `  login as ${printable(who, 120)} from ${printable(from.join(', '), 120)}${refused(act.accepted)}`;
    }
    case 'wire.fault':
      return `not the protocol (${act.fault}; looks like ${act.looksLike}): ${quoted(act.sample)}`;
  }
}

function bodyLength({ body, cut }: ActOf<'http.request'>): number {
  return cut?.find(({ index }) => index === -1)?.length ?? body.length;
}

function place({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${printable(host, LONGEST)}:${port}`;
}

/** As redis-cli shows a string: in quotes when it is not a plain word. */
function quoted(bytes: string): string {
  const text = printable(bytes, LONGEST);
  return /^[!-~]+$/.test(text) && !/["'\\]/.test(text) ? text : `"${text.replaceAll('"', '\\"')}"`;
}

function clipped(text: string): string {
  return text.length > LONGEST * 2 ? `${text.slice(0, LONGEST * 2)}…` : text;
}

function refused(accepted: boolean): string {
  return accepted ? '' : ' (refused)';
}

export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A to Z only: any other byte is shown as it was sent. */
const upper = (name: string): string => name.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
