import { openFileLimit } from '../platform/open-files.ts';

/** Files that are not connections: listeners, the journal, the dashboard. */
const OTHER_FILES = 96;
/** What --name is when nobody says so: the Redis sensor's. */
const REDIS_NAME = 'redis';

/**
 * As redis-server does: no more connections than the system lets this process have files.
 *
 * @param most of one listener.
 * @param share of the files, 0 to 1, that it may have.
 */
export function mostConnections(most: number, share: number): number {
  return Math.max(1, Math.min(most, Math.floor((openFileLimit() - OTHER_FILES) * share)));
}

/** The part of the files that HTTP, and that SMB, have where they listen. */
export const OTHER_DOOR_SHARE = 0.25;

/** What the sensor of another door is called in its events: `http`, or `NAME-http` with --name NAME. */
export function otherSensorName(name: string, door: 'http' | 'smb'): string {
  return name === REDIS_NAME ? door : `${name}-${door}`;
}
