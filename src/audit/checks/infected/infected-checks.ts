import type { Check } from '../../check.ts';
import { appendOnlyHistory } from './append-only-history.ts';
import { attackLogs } from './attack-logs.ts';
import { attackStatistics } from './attack-statistics.ts';
import { campaignSigns } from './campaign-signs.ts';
import { forcedReplica } from './forced-replica.ts';
import { functions } from './functions.ts';
import { infectedByLearning } from './infected-by-learning.ts';
import { loadedModules } from './loaded-modules.ts';
import { maliciousKeys } from './malicious-keys.ts';
import { maliciousValues } from './malicious-values.ts';
import { movedPersistence } from './moved-persistence.ts';

export const INFECTED_CHECKS: readonly Check[] = [
  loadedModules,
  functions,
  movedPersistence,
  forcedReplica,
  attackStatistics,
  attackLogs,
  maliciousKeys,
  maliciousValues,
  infectedByLearning,
  campaignSigns,
  appendOnlyHistory,
];
