import type { AuditDepth, AuditReport } from '../src/model/audit-report.ts';
import type { FleetTruth } from './fleet-truth.ts';

/** What was planted against what was reported. */
export interface Confusion {
  right: number;
  wrong: number;
  readonly table: Map<string, number>;
}

type Told = Pick<AuditReport, 'outcome' | 'axes' | 'server'>;

export function judgeReport(confusion: Confusion, told: Told, truth: FleetTruth, depth: AuditDepth): void {
  judge(confusion, toldBy(told.outcome, told.axes.infected.answer, depth), plantedIn(truth, depth));
  if (!truth.locked && depth !== 'L0')
    judge(confusion, `version ${told.server?.version}`, `version ${truth.version}`);
}

export function printConfusion({ table, right, wrong }: Confusion): void {
  for (const [cell, times] of table) console.log(`  ${cell}: ${times}`);
  console.log(`right ${right}, wrong ${wrong}`);
}

function judge(confusion: Confusion, told: string, truth: string): void {
  const cell = `planted ${truth}, reported ${told}`;
  confusion.table.set(cell, (confusion.table.get(cell) ?? 0) + 1);
  if (told === truth) confusion.right += 1;
  else confusion.wrong += 1;
}

function plantedIn({ locked, infected }: { locked: boolean; infected: boolean }, depth: AuditDepth): string {
  if (locked) return 'locked';
  return infected && depth >= 'L4' ? 'infected' : 'open';
}

function toldBy(outcome: string, infected: string, depth: AuditDepth): string {
  if (outcome === 'auth-required') return 'locked';
  if (outcome !== 'audited') return outcome;
  return infected === 'yes' && depth >= 'L4' ? 'infected' : 'open';
}
