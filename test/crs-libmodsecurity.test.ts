import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCrsFolder } from '../src/cli/crs-folder.ts';
import type { Crs } from '../src/crs/load.ts';
import { loadCrs } from '../src/crs/load.ts';
import { loadNativeEngine } from '../src/crs/regex/native.ts';
import { corpus } from './crs/corpus.ts';
import { crsRequest, wireText } from './crs/request-text.ts';
import type { ModSecurity } from './peers/modsecurity.ts';
import { startModSecurity } from './peers/modsecurity.ts';

/** The highest level runs every rule; the lower ones are the same rules behind gates. */
const PARANOIA = 4;
/** Scores, set-up, and what is not the rule set's own. */
const NO_DETECTION = /^(?:200|901|949|959|980)/;
/** libinjection in libddwaf is a fork that takes less for SQL than the one in Debian's libmodsecurity. */
const OTHER_LIBINJECTION = new Set([942100]);

/** A rule that held on a request for one of the two, or for both. */
interface Verdict {
  readonly request: string;
  readonly rule: number;
  readonly by: 'both' | 'libmodsecurity' | 'sundew';
}

describe('the same rules on the same requests, by libmodsecurity and by Sundew', () => {
  let peer: ModSecurity;
  let crs: Crs;
  let verdicts: Verdict[] = [];
  const cases = corpus();

  beforeAll(async () => {
    peer = await startModSecurity(PARANOIA);
    crs = loadCrs(readCrsFolder(peer.rules), loadNativeEngine());
    for (const one of cases) await peer.send(wireText(one));
    verdicts = await compared();
  }, 300_000);
  afterAll(async () => {
    await peer.stop();
  });

  async function compared(): Promise<Verdict[]> {
    const told = await peer.verdicts(cases.length);
    return cases.flatMap((one) => {
      const theirs = told.get(one.name) ?? new Set<number>();
      const ours = new Set(crs.judge(crsRequest(one)).map(({ about }) => about.id));
      return [...new Set([...theirs, ...ours])]
        .filter((rule) => !NO_DETECTION.test(String(rule)))
        .map((rule): Verdict => {
          const by = theirs.has(rule) ? (ours.has(rule) ? 'both' : 'libmodsecurity') : 'sundew';
          return { request: `${one.method} ${one.target} ${one.body}`.slice(0, 200), rule, by };
        });
    });
  }

  test('every rule of requests is there', () => {
    expect(crs.faults).toEqual([]);
    expect(crs.detections).toBeGreaterThan(200);
  });

  test('hundreds of requests make most rules hold', () => {
    expect(cases.length).toBeGreaterThan(500);
    expect(new Set(verdicts.map(({ rule }) => rule)).size).toBeGreaterThan(100);
  });

  test('99 of 100 verdicts are the same', () => {
    const same = verdicts.filter(({ by }) => by === 'both').length;
    expect(verdicts.filter(({ by }) => by !== 'both').length / verdicts.length).toBeLessThan(0.01);
    expect(same).toBeGreaterThan(2000);
  });

  test('apart from libinjection, they differ where libmodsecurity loses line breaks of multipart fields', () => {
    const rest = verdicts.filter(({ by, rule }) => by !== 'both' && !OTHER_LIBINJECTION.has(rule));
    expect(rest.filter(({ request, by }) => by !== 'sundew' || !request.includes('--xBOUNDARYx'))).toEqual(
      [],
    );
  });
});
