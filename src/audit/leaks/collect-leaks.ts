import { createHash } from 'node:crypto';
import { decodedViews } from '../../content/views.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { collectKeyPairs } from './certificates.ts';
import { connectionStrings } from './connection-strings.ts';
import type { LeakDetector } from './leak.ts';
import { personalData } from './personal-data.ts';
import { privateKeys } from './private-keys.ts';
import { tokens } from './tokens.ts';
import { webTokens } from './web-tokens.ts';

/** All of one kind that was found. Holds fingerprints, never what they are of. */
export interface LeakGroup {
  readonly kind: string;
  title: string;
  severity: Severity;
  /** Distinct ones. */
  count: number;
  /** Keys they are in, safe to print, with the first 16 hex digits of the SHA-256 of one in each; at most ten. */
  readonly places: Map<string, string>;
}

export interface LeakCollector {
  /** @param place where the value stands, safe to print. */
  observe(value: ByteString, place: string): void;
  readonly groups: ReadonlyMap<string, LeakGroup>;
  certificatesWithKey(): readonly string[];
}

const DETECTORS: readonly LeakDetector[] = [privateKeys, tokens, webTokens, connectionStrings, personalData];
const MOST_SHOWN = 10;
/** Distinct ones counted; beyond, a server is bad enough. */
const MOST_COUNTED = 100_000;

export function collectLeaks(): LeakCollector {
  const groups = new Map<string, LeakGroup>();
  const seen = new Set<string>();
  const pairs = collectKeyPairs();
  return {
    groups,
    certificatesWithKey: () => pairs.complete(),
    observe: (value, place) => {
      for (const text of texts(value)) {
        pairs.observe(text);
        for (const { kind, title, severity, secret } of DETECTORS.flatMap((detect) => detect(text))) {
          const group = groups.get(kind) ?? { kind, title, severity, count: 0, places: new Map() };
          groups.set(kind, group);
          const fingerprint = createHash('sha256').update(secret, 'latin1').digest('hex').slice(0, 16);
          if (group.places.size < MOST_SHOWN && !group.places.has(place))
            group.places.set(place, fingerprint);
          if (seen.has(`${kind} ${fingerprint}`) || seen.size >= MOST_COUNTED) continue;
          seen.add(`${kind} ${fingerprint}`);
          group.count += 1;
          if (severityRank(severity) <= severityRank(group.severity)) continue;
          group.severity = severity;
          group.title = title;
        }
      }
    },
  };
}

/** The value and what is encoded in it; without the layers that only take backslashes away, which would break PEM. */
function texts(value: ByteString): ByteString[] {
  return decodedViews(value).flatMap(({ bytes, how }) => (how.includes('backslash') ? [] : [bytes]));
}
