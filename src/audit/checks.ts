import type { Check } from './check.ts';
import { bind } from './checks/bind.ts';
import { campaignKeys, campaignSigns } from './checks/campaign-traces.ts';
import { certificate } from './checks/certificate.ts';
import { clearText } from './checks/clear-text.ts';
import { endOfLife } from './checks/end-of-life.ts';
import { evictionTouch } from './checks/eviction-touch.ts';
import { failingPersistence } from './checks/failing-persistence.ts';
import { infectedByLearning } from './checks/infected-by-learning.ts';
import { infectedByRules } from './checks/infected-by-rules.ts';
import { knownVulnerabilities } from './checks/known-vulnerabilities.ts';
import { leakingSecrets } from './checks/leaking-secrets.ts';
import { noPassword } from './checks/no-password.ts';
import { openCommands } from './checks/open-commands.ts';
import { openUsers } from './checks/open-users.ts';
import { protectedMode } from './checks/protected-mode.ts';
import { riskySettings } from './checks/risky-settings.ts';
import { unknownFunctions } from './checks/unknown-functions.ts';

/** Every question the audit answers; a new one is a file and a line here. */
export const CHECKS: readonly Check[] = [
  noPassword,
  protectedMode,
  bind,
  openCommands,
  openUsers,
  clearText,
  infectedByRules,
  infectedByLearning,
  campaignSigns,
  campaignKeys,
  unknownFunctions,
  leakingSecrets,
  knownVulnerabilities,
  endOfLife,
  riskySettings,
  failingPersistence,
  certificate,
  evictionTouch,
];
