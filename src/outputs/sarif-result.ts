import { createHash } from 'node:crypto';
import type { Location, Result } from 'sarif';
import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';
import { printableText } from '../model/printable.ts';
import type { Severity } from '../model/severity.ts';

export const SARIF_LEVEL: Readonly<Record<Severity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

const MOST_LOCATIONS = 10;

export function sarifResult(finding: JudgedFinding, report: JudgedReport): Result {
  const { rule, severity, title, why, evidence, fingerprint, accepted, baseline } = finding;
  const places = evidence.slice(0, MOST_LOCATIONS);
  const proof = places.map(({ event, field, excerpt }) => `${event} ${field}: ${excerpt}`);
  const text = printableText([`${title} on ${report.target}.`, why.trim(), ...proof].join(' '), 2_000);
  const locations =
    places.length === 0 ? [locationOf(report, '')] : places.map(({ event }) => locationOf(report, event));
  return {
    ruleId: rule,
    level: SARIF_LEVEL[severity],
    message: { text },
    locations: [
      ...new Map(locations.map((one) => [one.physicalLocation?.artifactLocation?.uri, one])).values(),
    ],
    partialFingerprints: {
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
      'sundewFinding/v1': fingerprint,
    },
    ...(baseline === undefined ? {} : { baselineState: baseline === 'new' ? 'new' : 'unchanged' }),
    ...(accepted === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: printableText(
                `${accepted.reason} (until ${accepted.expires}, by ${accepted.by})`,
              ),
            },
          ],
        }),
    properties: { target: printableText(report.target), rung: report.rung, severity, axis: finding.axis },
  };
}

/**
 * GitHub refuses a whole file when one absolute URI has another scheme than `file` (github/codeql-action issue 754), so
 * a server is `redis/HOST:PORT/db0#HASH`; the true URI is the qualified name of the logical location. A key is named by
 * hash: a key name can be a secret, and this file is uploaded.
 */
function locationOf({ target, kind }: JudgedReport, event: string): Location {
  const key = /^db(\d{1,9})\/([\s\S]*)$/.exec(event.slice(0, 4_096));
  const place = key === null ? '' : `/db${key[1] ?? ''}#${hash(key[2] ?? '')}`;
  const address = /^(rediss?):\/\/(.*)$/.exec(target.slice(0, 2_048));
  const uri =
    address === null
      ? encodePath(target) + (kind === 'server' ? place : place.replace(/^\/db\d+/, ''))
      : `${address[1] ?? ''}/${encodePath(address[2] ?? '')}${place}`;
  const name = printableText(event === '' ? target : event, 300);
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
    logicalLocations: [
      {
        name: key === null ? name : `db${key[1] ?? ''}#${hash(key[2] ?? '')}`,
        fullyQualifiedName: printableText(`${target}${key === null ? '' : place}`),
        kind: key === null ? 'resource' : 'element',
      },
    ],
  };
}

function encodePath(path: string): string {
  return path
    .replace(/^\/+/, '')
    .split('/')
    .map((part, at) => {
      const encoded = encodeURIComponent(part.toWellFormed()).replaceAll("'", '%27');
      // Before the first slash a colon would make a scheme of what stands before it.
      return at === 0 && !path.includes('.') ? encoded : encoded.replaceAll('%3A', ':');
    })
    .join('/');
}

function hash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
