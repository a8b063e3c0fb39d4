import { readdirSync, readFileSync } from 'node:fs';

/** Files and sockets that this process may have open. Node raises the soft limit to the hard one when it starts. */
export function openFileLimit(): number {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    return line === null ? Number.MAX_SAFE_INTEGER : Number(line[1]);
  } catch {
    // Not Linux: the system will say so itself.
    return Number.MAX_SAFE_INTEGER;
  }
}

/** Files and sockets that are open now; 0 where it cannot be told. */
export function openFileCount(): number {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return 0;
  }
}
