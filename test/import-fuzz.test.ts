import { describe, expect, test } from 'vitest';
import { FORMATS, formatOf } from '../src/imports/format.ts';
import { Act } from '../src/model/act.ts';
import { seededRandom } from '../src/platform/random.ts';
import { importBytes } from './imports/in-memory.ts';
import { capture, FLAG } from './imports/packets.ts';
import { WEB_LINES } from './imports/web-lines.ts';
import { START } from './journal-sample.ts';

const json = (record: unknown): Buffer => Buffer.from(`${JSON.stringify(record)}\n`);
const WHOLE = {
  monitor: Buffer.from(
    '1339518083.107412 [0 [::1]:60866] "set" "k" "\\x00\\n\\"v"\n1339518084.1 [0 lua] "get" "k"\n',
  ),
  redishoneypot: json({ action: 'set k v', addr: '192.0.2.1:1', time: '2021-04-10 05:53:00' }),
  cowrie: json({
    eventid: 'redis.command',
    session: 'a',
    src_ip: '192.0.2.1',
    timestamp: 1_700_000_000,
    input: 'set k "v w"',
  }),
  ...WEB_LINES,
  pcap: capture([
    { from: 'visitor', flags: FLAG.syn, time: 1_700_000_000_000 },
    { from: 'visitor', data: '*2\r\n$3\r\nGET\r\n$1\r\nk\r\nPING\r\n', time: 1_700_000_000_001 },
    { from: 'server', flags: FLAG.synAck, time: 1_700_000_000_002 },
    { from: 'server', data: '$2\r\nab\r\n-ERR x\r\n', time: 1_700_000_000_003 },
  ]),
};

describe('an import of hostile bytes', () => {
  test.for(FORMATS)(
    'as %s ends, with valid acts at possible times and each session closed',
    { timeout: 60_000 },
    async (format) => {
      const random = seededRandom(11);
      let acts = 0;
      for (let round = 0; round < 400; round++) {
        const bytes = Buffer.concat(Array.from({ length: 6 }, () => WHOLE[format]));
        const noise = round % 8 === 0 ? 4_000 : random.below(12);
        for (let count = 0; count < noise; count++) bytes[random.below(bytes.length)] = random.below(256);

        const seen = await importBytes(format, bytes, 1 + random.below(300));

        acts += seen.acts.length;
        for (const { act, time } of seen.acts) {
          expect(Act.safeParse(act).success).toBe(true);
          expect(Number.isInteger(time) && time >= Date.UTC(2009) && time <= START + 86_400_000).toBe(true);
        }
        expect(seen.of('session.closed')).toHaveLength(seen.of('session.opened').length);
        expect(seen.report.places.length).toBeLessThanOrEqual(5);
      }
      expect(acts).toBeGreaterThan(1_000);
    },
  );

  test('is told apart by its first bytes, and noise speaks for nothing', () => {
    for (const format of FORMATS) expect(formatOf(WHOLE[format])).toBe(format);

    expect(formatOf(capture([], { ng: true }))).toBe('pcap');
    expect(formatOf(Buffer.concat([Buffer.from('junk\n'), WHOLE.monitor]))).toBe('monitor');
    const random = seededRandom(5);
    const noise = Buffer.from(random.hex(60_000), 'hex');
    expect(formatOf(noise)).toBeUndefined();
  });
});
