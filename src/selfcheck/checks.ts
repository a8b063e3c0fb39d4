import type { Check } from './check.ts';
import { clientChecks } from './checks/clients.ts';
import { clockCheck } from './checks/clock.ts';
import { commandTableCheck } from './checks/command-table.ts';
import { counterChecks } from './checks/counters.ts';
import { detectorChecks } from './checks/detectors.ts';
import { encodingCheck } from './checks/encodings.ts';
import { errorChecks } from './checks/errors.ts';
import { framingChecks } from './checks/framing.ts';
import { galleriaChecks } from './checks/galleria.ts';
import { infoChecks } from './checks/info-fields.ts';
import { intrusiveChecks } from './checks/intrusive.ts';
import { keyChecks } from './checks/keys.ts';
import { lockedChecks } from './checks/locked.ts';
import { memoryChecks } from './checks/memory.ts';
import { potsnitchChecks } from './checks/potsnitch.ts';
import { scriptChecks } from './checks/scripts.ts';
import { settingChecks } from './checks/settings.ts';
import { strangersCheck } from './checks/strangers.ts';
import { tellingWordsCheck } from './checks/telling-words.ts';
import { timingChecks } from './checks/timing.ts';
import { versionChecks } from './checks/versions.ts';
import { visitorChecks } from './checks/visitors.ts';

/** All known ways to unmask one sensor, in the order in which they are asked. */
export const checks: readonly Check[] = [
  ...detectorChecks,
  ...potsnitchChecks,
  ...framingChecks,
  ...lockedChecks,
  strangersCheck,
  ...errorChecks,
  ...versionChecks,
  ...scriptChecks,
  ...counterChecks,
  clockCheck,
  ...clientChecks,
  ...keyChecks,
  ...memoryChecks,
  commandTableCheck,
  ...visitorChecks,
  encodingCheck,
  ...infoChecks,
  ...settingChecks,
  ...intrusiveChecks,
  ...timingChecks,
  // These look back at what all others were told.
  ...galleriaChecks,
  tellingWordsCheck,
];
