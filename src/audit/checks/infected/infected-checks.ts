import type { Check } from '../../check.ts';
import { campaignKeys, campaignSigns } from './campaign-traces.ts';
import { infectedByLearning } from './infected-by-learning.ts';
import { infectedByRules } from './infected-by-rules.ts';
import { unknownFunctions } from './unknown-functions.ts';

export const INFECTED_CHECKS: readonly Check[] = [
  infectedByRules,
  infectedByLearning,
  campaignSigns,
  campaignKeys,
  unknownFunctions,
];
