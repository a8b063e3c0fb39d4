import type { Check, Probe, Tell } from '../check.ts';

/** A check that looks at more than one answer. */
export function observes(
  about: Pick<Check, 'id' | 'title' | 'why'> &
    Partial<Pick<Check, 'source' | 'weight' | 'measured' | 'intrusive' | 'locked'>>,
  run: (probe: Probe) => Promise<Tell | undefined>,
): Check {
  return { weight: 'definite', source: 'docs/self-check.md', ...about, run };
}
