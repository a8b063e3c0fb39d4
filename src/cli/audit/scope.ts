import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { AuditTarget } from '../../audit/ask/target.ts';
import type { Address } from '../../audit/scope/address.ts';
import { parseAddress } from '../../audit/scope/address.ts';
import { isOwn } from '../../audit/scope/own-networks.ts';

/** Where a host really is, decided once: what was allowed is what will be dialled. */
export type Placed =
  | { readonly address: string; readonly family: 4 | 6; readonly own: boolean; readonly where: Address }
  /** The resolver's code: such a name is not dialled, for it may have an address a moment later. */
  | { readonly fault: string };

export async function place(host: string): Promise<Placed> {
  const literal = placeLiteral(host);
  if (literal !== undefined) return literal;
  try {
    const { address } = await lookup(host);
    return placeLiteral(address) ?? { fault: 'ENOTFOUND' };
  } catch (error) {
    return { fault: error instanceof Error && 'code' in error ? String(error.code) : 'ENOTFOUND' };
  }
}

/** Undefined for a name: that has to be looked up. */
export function placeLiteral(host: string): Placed | undefined {
  const where = parseAddress(host);
  if (where === undefined) return undefined;
  return { address: host, family: isIP(host) === 6 ? 6 : 4, own: isOwn(where), where };
}

/** Looks all names of these targets up, each once. */
export async function placeNames(
  targets: Iterable<Pick<AuditTarget, 'host' | 'socket'>>,
  width: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Placed>> {
  const names = new Set<string>();
  for (const { host, socket } of targets) {
    if (socket === undefined && placeLiteral(host) === undefined) names.add(host);
  }
  const placed = new Map<string, Placed>();
  const queue = names.values();
  const worker = async (): Promise<void> => {
    for (const name of queue) {
      if (signal.aborted) return;
      placed.set(name, await place(name));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, names.size) }, worker));
  return placed;
}
