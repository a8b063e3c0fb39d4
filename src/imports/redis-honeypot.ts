import { bytesFromText } from '../model/bytes.ts';
import type { Peer } from '../model/event.ts';
import { commandWords } from './joined-arguments.ts';
import type { JsonRecord } from './json-lines.ts';
import { createJsonReader, numberOf, textOf } from './json-lines.ts';
import { peerOf, placeOf } from './peer-of.ts';
import type { Reader, ReaderParts } from './reader.ts';
import { timeOf } from './time-of.ts';

/**
 * Reads the log of RedisHoneyPot, which T-Pot runs: `action` is `NewConnect`, `Closed` or the words of a command joined
 * with blanks, `addr` is the visitor, `time` is UTC. Also what T-Pot's Logstash makes of it (`src_ip`, `src_port`,
 * `@timestamp`).
 */
export function createRedisHoneyPotReader({ visits, times, report }: ReaderParts): Reader {
  return createJsonReader(report, (record) => {
    const type = textOf(record, 'type');
    if (type !== '' && !/redis/i.test(type.slice(0, 64))) {
      report.notRedis++;
      return;
    }
    const peer = visitorOf(record);
    const action = textOf(record, 'action', 'msg', 'message');
    if (peer === undefined) {
      report.fault('it names no address');
      return;
    }
    const time = times.possible(timeOf(record['time'] ?? record['@timestamp'] ?? record['timestamp']));
    const key = `${peer.address} ${peer.port}`;
    const visit = visits.find(key, time);
    if (action === 'NewConnect') visits.open(key, { peer }, time);
    else if (action === 'Closed') visits.close(key, 'visitor', time);
    else {
      const argv = commandWords(bytesFromText(action.replace(/^redis cmd:?\s/i, '')));
      if (argv.length === 0) report.ignored++;
      else (visit ?? visits.open(key, { peer }, time)).command({ argv, outcome: { reply: 'ok' } }, time);
    }
  });
}

function visitorOf(record: JsonRecord): Peer | undefined {
  const address = textOf(record, 'addr');
  return address === '' ? placeOf(textOf(record, 'src_ip'), numberOf(record, 'src_port')) : peerOf(address);
}
