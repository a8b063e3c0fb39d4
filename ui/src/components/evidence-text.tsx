import type { Evidence } from '../../../src/model/finding.ts';
import { Raw } from './raw.tsx';

/** The part of an act that matched, and which part it is. */
export function EvidenceText({ evidence }: { readonly evidence: Evidence | undefined }) {
  if (evidence === undefined) return <span class="dim">–</span>;
  return (
    <span class="evidence">
      <span class="dim">{evidence.field}</span> <Raw text={evidence.excerpt} />
    </span>
  );
}
