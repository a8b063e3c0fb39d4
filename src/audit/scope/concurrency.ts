/** Descriptors that are left alone: files of our own, the resolver, whatever the system wants. */
const RESERVE = 64;
/** A server may be dialled twice at a time: the audit, and a look at its other port. */
const EACH = 2;
const FEW_SERVERS = 100;
const FOR_FEW = 16;
const FOR_MANY = 500;

/**
 * Servers looked at at the same time: what was asked for, else 16 of up to a hundred servers and 500 of more; never more
 * than the file descriptors that are free allow.
 */
export function concurrencyFor(
  asked: number | undefined,
  total: number,
  openFiles: { readonly limit: number; readonly open: number },
): number {
  const wanted = asked ?? (total <= FEW_SERVERS ? FOR_FEW : FOR_MANY);
  const free = Math.floor((openFiles.limit - openFiles.open - RESERVE) / EACH);
  return Math.max(1, Math.min(wanted, free));
}
