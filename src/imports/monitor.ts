import type { ByteString } from '../model/bytes.ts';
import type { Peer } from '../model/event.ts';
import { createLinePieces } from './line-pieces.ts';
import type { MonitorHead } from './monitor-head.ts';
import { monitorHead } from './monitor-head.ts';
import { peerOf } from './peer-of.ts';
import { createQuotedWords } from './quoted-words.ts';
import type { Reader, ReaderParts } from './reader.ts';

/** A piece of a line that is this long holds its head. */
const HEAD = 1_024;
/** The server itself: whoever comes over a Unix socket, and scripts that nobody seems to have called. */
const THIS_MACHINE: Peer = { address: '127.0.0.1', port: 0 };
const CALLS_SCRIPT = /^(eval|evalsha|eval_ro|evalsha_ro|fcall|fcall_ro)$/i;

/** Reads what `redis-cli MONITOR` printed. A line may be of any length: only the heads of its words are held. */
export function createMonitorReader({ visits, times, report }: ReaderParts): Reader {
  const words = createQuotedWords();
  let begun = '';
  let head: MonitorHead | undefined;
  let skipping = false;
  /** Who ran the last script: the commands it calls come right behind it, from `lua`. */
  let caller: string | undefined;

  const spoken = ({ time: told, db, who }: MonitorHead): void => {
    const found = words.end();
    if (found === undefined) return report.fault('a quote is not closed');
    const key = who === 'lua' ? (caller ?? who) : who;
    const time = times.possible(told);
    let visit = visits.find(key, time);
    if (visit === undefined) {
      const peer = key === 'lua' || key.startsWith('unix:') ? THIS_MACHINE : peerOf(key);
      if (peer === undefined) return report.fault('it names no address');
      visit = visits.open(key, { peer }, time);
    }
    const { argv, cut } = found;
    if (who !== 'lua') caller = CALLS_SCRIPT.test((argv[0] ?? '').slice(0, 20)) ? who : undefined;
    visit.command({ argv, cut, db, outcome: { reply: 'ok' } }, time);
  };
  /** What a line begins with; false when nothing more of it is wanted. */
  const begin = (text: ByteString): boolean => {
    report.units++;
    head = monitorHead(text);
    if (head === undefined) {
      if (isTalk(text)) report.ignored++;
      else report.fault('it is no line of MONITOR');
      return false;
    }
    words.reset();
    return goOn(text, head.end);
  };
  const goOn = (text: ByteString, from: number): boolean => {
    if (words.push(text, from)) return true;
    report.fault('its words are not in quotes');
    return false;
  };
  const lines = createLinePieces((text, ended) => {
    let good = !skipping;
    if (good && head !== undefined) good = goOn(text, 0);
    else if (good) {
      const line = begun === '' ? text : begun + text;
      begun = '';
      if (!ended && line.length < HEAD) {
        begun = line;
        return;
      }
      good = begin(line);
    }
    if (ended && good && head !== undefined) spoken(head);
    skipping = !good && !ended;
    if (ended || !good) head = undefined;
  });
  return lines;
}

/** What redis-cli prints beside: the OK at the beginning, and empty lines. */
function isTalk(line: ByteString): boolean {
  return /^\+?(OK)?\s{0,8}$/.test(line.slice(0, 16)) && line.length <= 16;
}
