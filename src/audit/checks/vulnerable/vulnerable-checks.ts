import type { Check } from '../../check.ts';
import { endOfLife } from './end-of-life.ts';
import { knownVulnerabilities } from './known-vulnerabilities.ts';
import { release } from './release.ts';

export const VULNERABLE_CHECKS: readonly Check[] = [release, endOfLife, knownVulnerabilities];
