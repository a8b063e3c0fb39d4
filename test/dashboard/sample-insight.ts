import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaptureRecord } from '../../src/model/capture.ts';
import { exampleFinding, exampleReport } from '../../src/outputs/example-report.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 15, 12);

/** Two captured files of a made-up attack; texts may be replaced by hostile ones. */
export function sampleCaptures(text = 'system.exec'): readonly CaptureRecord[] {
  return [1, 2].map((at) => ({
    sha256: `${at}`.repeat(64),
    size: 4_711 * at,
    kind: at === 1 ? 'elf' : 'unknown',
    names: [text],
    firstSeen: NOW - at * DAY,
    lastSeen: NOW,
    count: at,
    sightings: [
      {
        time: NOW,
        session: `s${at}`,
        host: '203.0.113.66',
        address: '203.0.113.66',
        port: 21_000,
        path: `/tmp/${text}`,
      },
    ],
  }));
}

/** A folder of kept audits: one server that got worse, one that is fine. */
export function sampleAudits(text = 'redis://192.0.2.10:6379'): string {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-audits-'));
  const reports = [
    exampleReport({ target: text, time: NOW - DAY, rung: 'exposed', findings: [] }),
    exampleReport({
      target: text,
      time: NOW,
      rung: 'tampered',
      findings: [exampleFinding({ title: `A finding ${text}` })],
    }),
    exampleReport({ target: 'redis://192.0.2.11:6379', time: NOW, rung: 'closed', findings: [] }),
  ];
  writeFileSync(
    join(folder, '2026-01-15.ndjson'),
    `${reports.map((report) => JSON.stringify(report)).join('\n')}\nnot JSON\n`,
  );
  return folder;
}
