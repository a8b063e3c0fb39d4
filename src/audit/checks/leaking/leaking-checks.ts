import type { Check } from '../../check.ts';
import { leakingSecrets } from './leaking-secrets.ts';

export const LEAKING_CHECKS: readonly Check[] = [leakingSecrets];
