import type { ByteString } from '../model/bytes.ts';
import { bytesFromText } from '../model/bytes.ts';
import type { CommandOutcome } from '../redis/interpret.ts';
import { isCommandName } from './command-names.ts';
import { commandWords } from './joined-arguments.ts';
import type { JsonRecord } from './json-lines.ts';
import { createJsonReader, numberOf, textOf } from './json-lines.ts';
import { placeOf } from './peer-of.ts';
import type { Reader, ReaderParts } from './reader.ts';
import type { Visitor } from './sessions.ts';
import { timeOf } from './time-of.ts';

const LONGEST_ID = 128;

/**
 * Reads JSON lines in the shape that Cowrie gave to many sensors: `eventid`, `session`, `src_ip`, `timestamp`, `input`.
 * Cowrie's own SSH and Telnet sessions are not Redis and are left out.
 */
export function createCowrieReader({ visits, times, report, port }: ReaderParts): Reader {
  return createJsonReader(report, (record) => {
    const event = textOf(record, 'eventid').slice(0, LONGEST_ID).toLowerCase();
    const session = textOf(record, 'session').slice(0, LONGEST_ID);
    const visitor = visitorOf(record, port);
    if (event === '') return report.fault('it has no eventid');
    const id = session === '' ? `${visitor?.peer.address} ${visitor?.peer.port}` : session;
    const key = `${textOf(record, 'sensor').slice(0, LONGEST_ID)} ${id}`;
    const told = timeOf(record['timestamp'] ?? record['@timestamp'] ?? record['time']);
    const time = times.possible(told);
    const known = visits.find(key, time);
    const said = saidBy(record, event);
    if (known === undefined && !isRedis(record, event, said?.argv ?? [], port)) {
      report.notRedis++;
      return undefined;
    }
    if (/\b(closed|close|disconnect|lost)$/.test(event)) return visits.close(key, 'visitor', time);
    if (known === undefined && visitor === undefined) return report.fault('it names no address');
    const visit = known ?? (visitor === undefined ? undefined : visits.open(key, visitor, time));
    if (said === undefined) report.ignored++;
    else visit?.command(said, time);
    return undefined;
  });
}

function visitorOf(record: JsonRecord, port: number): Visitor | undefined {
  const peer = placeOf(textOf(record, 'src_ip', 'peerIP'), numberOf(record, 'src_port', 'peerPort'));
  if (peer === undefined) return undefined;
  const local = placeOf(textOf(record, 'dst_ip', 'hostIP'), numberOf(record, 'dst_port', 'hostPort'));
  return local === undefined ? { peer } : { peer, local: { ...local, port: local.port || port } };
}

function isRedis(record: JsonRecord, event: string, argv: readonly ByteString[], port: number): boolean {
  if (event.includes('redis')) return true;
  const protocol = textOf(record, 'protocol').toLowerCase();
  if (protocol !== '') return protocol === 'redis';
  if (numberOf(record, 'dst_port') === port) return true;
  // `set`, `echo` and `info` are words of a shell as well.
  return !event.startsWith('cowrie.') && isCommandName(argv[0] ?? '');
}

/** What a line says was sent; undefined when it says nothing of the kind. */
function saidBy(
  record: JsonRecord,
  event: string,
): { argv: readonly ByteString[]; outcome: CommandOutcome } | undefined {
  const login = /\blogin\.(success|failed)$/.exec(event);
  if (login !== null) {
    const [user, password] = [textOf(record, 'username'), textOf(record, 'password')].map(bytesFromText);
    const argv = ['auth', ...(user === '' || user === undefined ? [] : [user]), password ?? ''];
    return { argv, outcome: login[1] === 'success' ? OK : { reply: 'error', error: 'WRONGPASS' } };
  }
  const list = [record['input'], record['argv'], record['command']].find(isTexts);
  if (list !== undefined && list.length > 0) return { argv: list.map(bytesFromText), outcome: OK };
  const typed = textOf(record, 'input', 'command');
  if (typed !== '') {
    const rest = isTexts(record['args']) ? record['args'].map(bytesFromText) : [];
    const argv = rest.length > 0 ? [bytesFromText(typed), ...rest] : commandWords(bytesFromText(typed));
    return argv.length === 0 ? undefined : { argv, outcome: OK };
  }
  const message = textOf(record, 'message').replace(/^(?:cmd|command|redis command)\s?:\s?/i, '');
  const argv = commandWords(bytesFromText(message));
  return isCommandName(argv[0] ?? '') ? { argv, outcome: OK } : undefined;
}

const OK: CommandOutcome = { reply: 'ok' };

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
