/** Major, minor and patch; what is missing is 0. The patch of a release candidate is -1: before its release. */
export type Version = readonly [number, number, number];

/** `7.0.15`, `8.10-RC1`; undefined when it does not begin with a number. */
export function parseVersion(text: string): Version | undefined {
  const parts = /^(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(-rc)?/i.exec(text.slice(0, 40));
  if (parts === null) return undefined;
  return [
    Number(parts[1]),
    Number(parts[2] ?? 0),
    parts[4] === undefined ? Number(parts[3] ?? 0) : RELEASE_CANDIDATE,
  ];
}

export function compareVersions(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** `7.0`: the unit that gets fixes, or none any more. */
export function branchOf(version: Version): string {
  return `${version[0]}.${version[1]}`;
}

export function sameBranch(left: Version, right: Version): boolean {
  return left[0] === right[0] && left[1] === right[1];
}

const RELEASE_CANDIDATE = -1;

/**
 * Redis numbers the candidates of a release below it: 4.9.101 to 4.9.106 were those of 5.0, 7.9.240 one of 8.0. Gives
 * the candidate of that release, undefined for a release. The unstable branch calls itself 255.255.255.
 */
export function candidateOf([major, minor, patch]: Version): Version | undefined {
  if (patch < 100 || major >= 255) return undefined;
  return minor >= 9 ? [major + 1, 0, RELEASE_CANDIDATE] : [major, minor + 1, RELEASE_CANDIDATE];
}

export function isCandidate([, , patch]: Version): boolean {
  return patch === RELEASE_CANDIDATE;
}

/** Half-open: introduced <= version < fixed. What is in x.y.0 was in its candidates. */
export function isInside(version: Version, from: Version, to: Version | undefined): boolean {
  const begins = isCandidate(version) && sameBranch(version, from) && from[2] <= 0;
  return (
    (begins || compareVersions(version, from) >= 0) && (to === undefined || compareVersions(version, to) < 0)
  );
}
