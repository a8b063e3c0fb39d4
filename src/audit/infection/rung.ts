import type { Answer, Rung } from '../../model/audit-report.ts';
import type { AuditView } from '../check.ts';
import { strongGrounds } from './infected-verdict.ts';
import { RUNGS } from './trace.ts';

/** Traces of an attack weigh more than an open door; without either, what was not visible decides. */
export function rungOf(view: AuditView, exposed: Answer): Rung {
  const strong = strongGrounds(view);
  const reached = RUNGS.findLast((rung) => strong.some((ground) => ground.rung === rung));
  if (reached !== undefined) return reached;
  if (exposed === 'not-visible') return 'unknown';
  return exposed === 'yes' ? 'exposed' : 'closed';
}
