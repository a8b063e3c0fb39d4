import type { Check } from '../../check.ts';
import { dataFolder } from './data-folder.ts';
import { dumpHealth } from './dump-health.ts';
import { evictionTouch } from './eviction-touch.ts';
import { failingPersistence } from './failing-persistence.ts';
import { host } from './host.ts';
import { likelyHoneypot } from './likely-honeypot.ts';
import { logging } from './logging.ts';
import { memoryLimits } from './memory-limits.ts';
import { payloadChecks } from './payload-checks.ts';
import { replicaHygiene } from './replica-hygiene.ts';
import { runTimeDoors } from './run-time-doors.ts';
import { runsAsRoot } from './runs-as-root.ts';
import { unixSocket } from './unix-socket.ts';

export const MISCONFIGURED_CHECKS: readonly Check[] = [
  runTimeDoors,
  runsAsRoot,
  dataFolder,
  failingPersistence,
  unixSocket,
  memoryLimits,
  replicaHygiene,
  payloadChecks,
  logging,
  host,
  likelyHoneypot,
  evictionTouch,
  dumpHealth,
];
