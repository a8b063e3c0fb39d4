import { join } from 'node:path';
import { createDetector } from '../../src/detect/detector.ts';
import { loadRules } from '../../src/detect/rules.ts';
import type { Act } from '../../src/model/act.ts';
import { packageRoot, textFiles } from '../../src/platform/files.ts';

const { rules } = loadRules(textFiles(join(packageRoot, 'rules'), '.yaml'));

/** Which of the shipped rules hold on the acts of one visit, by id. */
export function rulesThatHold(acts: readonly Act[]): string[] {
  const detector = createDetector(rules);
  const found = acts.flatMap((act, index) => [
    ...detector.observe({
      id: `act-${index}`,
      time: index,
      vantage: 'sensor',
      sensor: 'test',
      session: 'visit',
      peer: { address: '198.51.100.7', port: 40_000 },
      act,
    }).findings,
  ]);
  return [...new Set(found.map(({ rule }) => rule))].toSorted();
}
