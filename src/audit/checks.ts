import type { Check } from './check.ts';
import { EXPOSED_CHECKS } from './checks/exposed/exposed-checks.ts';
import { INFECTED_CHECKS } from './checks/infected/infected-checks.ts';
import { LEAKING_CHECKS } from './checks/leaking/leaking-checks.ts';
import { MISCONFIGURED_CHECKS } from './checks/misconfigured/misconfigured-checks.ts';
import { VULNERABLE_CHECKS } from './checks/vulnerable/vulnerable-checks.ts';

/** Every question the audit answers; a new one is a file and a line in the list of its axis. */
export const CHECKS: readonly Check[] = [
  ...EXPOSED_CHECKS,
  ...INFECTED_CHECKS,
  ...LEAKING_CHECKS,
  ...VULNERABLE_CHECKS,
  ...MISCONFIGURED_CHECKS,
];
