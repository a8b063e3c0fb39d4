import type { FlawIndex } from './flaw-index.ts';
import type { FlawVerdict } from './flaw-verdict.ts';
import type { Judging } from './judging.ts';
import { mayBePatched } from './judging.ts';
import { preconditionOf } from './preconditions.ts';
import { branchOf, compareVersions, sameBranch } from './version.ts';

/** Fixes that a vendor announced without a CVE: every branch that got one, up to it. */
export function advisoryVerdicts({ advisories }: FlawIndex, judging: Judging): FlawVerdict[] {
  const { facts, built, engine, version } = judging;
  return advisories.map(({ advisory, fixed }) => {
    const releases = fixed.get(engine) ?? [];
    const needs = advisory.needs ?? [];
    const base = {
      id: advisory.id,
      title: advisory.title,
      severity: 'medium',
      auth: 'any-user',
      needs,
    } as const;
    const own = releases.find((release) => sameBranch(release, version));
    // A branch that got no release any more, between two that were fixed, was not looked at by the vendor.
    const passedOver =
      own === undefined &&
      releases.some((release) => compareVersions(release, version) < 0) &&
      releases.some((release) => compareVersions(release, version) > 0);
    if (own === undefined ? !passedOver : compareVersions(version, own) >= 0) {
      return { ...base, verdict: 'not-affected', because: 'not in this release', from: 'INFO server' };
    }
    const need = preconditionOf(needs, facts);
    if (need.answer === 'unmet' || need.answer === 'denied') {
      const verdict = need.answer === 'denied' ? 'denied' : 'not-met';
      return { ...base, verdict, because: need.says, from: need.from };
    }
    if (own === undefined) {
      const because = `older and newer branches were fixed, ${branchOf(version)} got no release`;
      return { ...base, verdict: 'version-only', because, from: 'the record', doubtful: true };
    }
    const unsure =
      built.by === 'debian'
        ? 'the changelog of the package does not name it'
        : mayBePatched(advisory.id, judging);
    if (unsure !== undefined)
      return { ...base, verdict: 'version-only', because: unsure, from: 'the record' };
    return need.answer === 'met'
      ? { ...base, verdict: 'reachable', because: need.says, from: need.from }
      : { ...base, verdict: 'version-only', because: need.says, from: need.from };
  });
}
