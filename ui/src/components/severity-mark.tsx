import type { Severity } from '../../../src/model/severity.ts';

/** A severity as colour and word, so that it does not rest on colour alone. */
export function SeverityMark({ severity }: { readonly severity: Severity | undefined }) {
  if (severity === undefined) return <span class="dim">–</span>;
  return <span class={`severity severity-${severity}`}>{severity}</span>;
}
