import { readFileSync, statSync } from 'node:fs';
import { parseTarget, shownTarget } from '../../audit/ask/target.ts';
import { readInventory } from '../../audit/scope/inventory/read-inventory.ts';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';
import type { Wanted } from './targets.ts';

const LONGEST = 268_435_456;

/** The servers of an export. One that no target can name is reported with the others. */
export function inventoryTargets(
  file: string,
  most: number,
): { readonly targets: readonly Wanted[]; readonly notes: readonly string[] } {
  const found = readInventory(file, readBounded(file));
  if ('fault' in found) throw new Complaint(found.fault, found.remedy);
  const { kind, servers, notes } = found;
  if (servers.length > most)
    throw new Complaint(`${file} names more than ${most} servers.`, 'Export a part, and then the next.');
  const targets = servers.map(({ host, port, tls }): Wanted => {
    const text = shownTarget({ tls, user: undefined, host, port, db: undefined });
    const target = parseTarget(text);
    return 'fault' in target ? { text: `${file}: a server`, fault: target.fault } : target;
  });
  return {
    targets,
    notes: [
      `${file} (${kind}): ${servers.length} servers of Redis.`,
      ...notes.map((note) => `${file} (${kind}): left out ${note}.`),
    ],
  };
}

function readBounded(file: string): string {
  try {
    if (statSync(file).size > LONGEST)
      throw new Complaint(`${file} is larger than 256 MiB.`, 'Export a part, and then the next.');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${file} cannot be read (${code}).`, 'Name a file with an export of your inventory.');
  }
}
