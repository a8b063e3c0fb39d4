import type { Authorization } from './authorization.ts';
import { allowsPort, authorizationName } from './authorization.ts';

/** Why the entries nearest to a destination do not let anybody in: by name, so that the right one gets renewed. */
export function whyNot(near: readonly Authorization[], port: number, now: number): string {
  const [one] = near;
  if (one === undefined) return 'no authorisation names it';
  const name = `the authorisation of ${authorizationName(one)} (${one.where})`;
  if (now >= one.until) return `${name} ended with ${one.validTo}`;
  if (now < one.from) return `${name} begins with ${one.validFrom}`;
  if (!allowsPort(one, port)) return `${name} does not name port ${port}`;
  return 'no authorisation names it';
}
