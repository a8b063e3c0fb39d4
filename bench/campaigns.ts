// How well campaigns come apart on generated days, and how long it takes, beside the plain way: whatever shares an
// indicator is one. node bench/campaigns.ts [DAYS] [FIRST SEED]

import { createLedger } from '../src/analysis/ledger.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createDetector } from '../src/detect/detector.ts';
import type { ClusterQuality } from '../test/world/cluster-quality.ts';
import { clusterQuality } from '../test/world/cluster-quality.ts';
import { generatedDay } from '../test/world/generated-day.ts';
import { botnetOf } from '../test/world/operator.ts';

const [days = 20, first = 1_000] = process.argv.slice(2).map(Number);
const knowledge = loadKnowledge();
const worst: Record<string, ClusterQuality> = {};

for (let seed = first; seed < first + days; seed++) {
  const day = generatedDay({ seed, more: [botnetOf(610)] });
  const detector = createDetector(knowledge.rules);
  const ledger = createLedger({ campaigns: knowledge.campaigns });
  for (const event of day.events) {
    const { findings, held } = detector.observe(event);
    ledger.observe(event, findings, held);
  }
  const began = performance.now();
  const campaigns = ledger.campaigns();
  const ms = performance.now() - began;
  const found = new Map(
    campaigns.flatMap(({ id, sessions }) => sessions.map((session) => [session, id] as const)),
  );
  const plain = new Map<string, string>();
  for (const { kind, value, confidence, sessions } of ledger.indicators()) {
    if (confidence < 0.5 || kind === 'value-shape' || kind === 'key') continue;
    // Union by renaming: slow, and plain to see.
    const names = new Set(sessions.map((session) => plain.get(session) ?? session));
    for (const [session, name] of plain) if (names.has(name)) plain.set(session, `${kind} ${value}`);
    for (const session of sessions) plain.set(session, `${kind} ${value}`);
  }
  tell(
    `day ${seed}: ${campaigns.length} campaigns of 41, ${ms.toFixed(0)} ms`,
    clusterQuality(day.truth, found),
  );
  tell('  whatever shares an indicator', clusterQuality(day.truth, plain));
  keepWorst('grouped', clusterQuality(day.truth, found));
  keepWorst('plain', clusterQuality(day.truth, plain));
}
for (const [name, quality] of Object.entries(worst)) tell(`worst of ${days} days, ${name}`, quality);

function tell(what: string, { precision, recall, vMeasure }: ClusterQuality): void {
  console.log(
    `${what}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, V ${vMeasure.toFixed(3)}`,
  );
}

function keepWorst(name: string, one: ClusterQuality): void {
  const before = worst[name] ?? one;
  worst[name] = {
    precision: Math.min(before.precision, one.precision),
    recall: Math.min(before.recall, one.recall),
    vMeasure: Math.min(before.vMeasure, one.vMeasure),
  };
}
