import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { errorCode } from '../platform/error-code.ts';

/** One run of one process: a pid alone is given again to others. */
export const ProcessIdentity = z.object({
  pid: z.number().int().positive(),
  /** Start in clock ticks since boot, field 22 of /proc/PID/stat (proc(5)); empty where there is no /proc. */
  start: z.string(),
  /** /proc/sys/kernel/random/boot_id; empty where there is none. */
  boot: z.string(),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, start: statOf(process.pid)?.start ?? '', boot: bootId() };
}

/** True when that run is not known to be over. Processes of other machines and containers cannot be seen. */
export function isAlive(identity: ProcessIdentity): boolean {
  const boot = bootId();
  if (boot !== '' && identity.boot !== '' && boot !== identity.boot) return false;
  if (!pidExists(identity.pid)) return false;
  const stat = statOf(identity.pid);
  if (stat === undefined) return true;
  return !stat.dead && (identity.start === '' || stat.start === identity.start);
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** The name in parentheses may hold anything, so fields are counted from the last parenthesis: state is the third. */
function statOf(pid: number): { dead: boolean; start: string } | undefined {
  const text = readText(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  if (state === undefined || start === undefined) return undefined;
  return { dead: state === 'Z' || state === 'X', start };
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id').trim();
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
