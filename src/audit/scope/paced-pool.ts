import type { PoolWidth } from './pool-width.ts';
import type { TokenBucket } from './token-bucket.ts';

/** One piece of work. */
export interface Piece<T> {
  readonly item: T;
  /** Pieces with the same one share a limit; undefined: no limit of its own. */
  readonly network: string | undefined;
  /** One piece at a time. */
  readonly host: string | undefined;
  /** It counts against the rate. */
  readonly paced: boolean;
}

export interface PoolLimits {
  /** Pieces at the same time. */
  readonly width: number | PoolWidth;
  /** Pieces at the same time in one network. */
  readonly perNetwork: number;
  /** So long a place in a network stays taken at least, milliseconds: `perNetwork` in that time are its rate. */
  readonly networkHoldMs?: number | undefined;
  readonly bucket: TokenBucket | undefined;
  readonly signal: AbortSignal;
}

/** Pieces that wait for their network or host while others go first. */
const MOST_PARKED = 10_000;

/**
 * Works through pieces that are taken from the source only as they are needed. A piece whose network or host is busy
 * waits in its own queue, so that it holds up nobody else; when 10,000 wait, no more are taken. The first failure ends
 * all: what runs comes to its end, nothing new begins.
 */
export async function runPaced<T>(
  source: Iterator<Piece<T>>,
  work: (item: T) => Promise<void>,
  { width, perNetwork, networkHoldMs = 0, bucket, signal }: PoolLimits,
): Promise<void> {
  const busy = new Map<string, number>();
  const parked = new Map<string, Piece<T>[]>();
  let waiting = 0;
  let running = 0;
  let dry = false;
  /** Freed, and not yet looked at again. */
  const ready: Piece<T>[] = [];
  let failure: { readonly error: unknown } | undefined;
  let next: Piece<T> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const holds = new Set<NodeJS.Timeout>();
  let filling = false;
  const { promise, resolve } = Promise.withResolvers<void>();

  const widthNow = typeof width === 'number' ? () => width : width.now;
  const limitOf = (key: string): number => (key.startsWith('h') ? 1 : perNetwork);
  const blockedBy = ({ network, host }: Piece<T>): string | undefined => {
    for (const key of [
      host === undefined ? undefined : `h${host}`,
      network === undefined ? undefined : `n${network}`,
    ]) {
      if (key !== undefined && (busy.get(key) ?? 0) >= limitOf(key)) return key;
    }
    return undefined;
  };
  const keysOf = ({ network, host }: Piece<T>): string[] => [
    ...(host === undefined ? [] : [`h${host}`]),
    ...(network === undefined ? [] : [`n${network}`]),
  ];
  const release = (keys: readonly string[]): void => {
    for (const key of keys) {
      const left = (busy.get(key) ?? 1) - 1;
      if (left === 0) busy.delete(key);
      else busy.set(key, left);
      const queue = parked.get(key);
      const freed = queue?.shift();
      if (queue?.length === 0) parked.delete(key);
      if (freed === undefined) continue;
      waiting--;
      ready.push(freed);
    }
  };
  const start = (piece: Piece<T>): void => {
    running++;
    const keys = keysOf(piece);
    for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + 1);
    // A place in a network that is held is given back by the later of two: its time is over, and the work is done.
    const isHeld = (key: string): boolean => networkHoldMs > 0 && key.startsWith('n');
    const held = keys.filter(isHeld);
    const done = work(piece.item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        running--;
        release(keys.filter((key) => !isHeld(key)));
        fill();
      });
    if (held.length === 0) return;
    const time = new Promise<void>((over) => {
      const hold = setTimeout(() => {
        holds.delete(hold);
        over();
      }, networkHoldMs);
      holds.add(hold);
    });
    void Promise.all([done, time]).finally(() => {
      release(held);
      fill();
    });
  };
  /** The next piece that may begin now. */
  const choose = (): Piece<T> | undefined => {
    while (true) {
      let piece = ready.shift();
      if (piece === undefined) {
        if (dry || waiting >= MOST_PARKED) return undefined;
        const taken = source.next();
        if (taken.done === true) {
          dry = true;
          return undefined;
        }
        piece = taken.value;
      }
      const key = blockedBy(piece);
      if (key === undefined) return piece;
      const queue = parked.get(key);
      if (queue === undefined) parked.set(key, [piece]);
      else queue.push(piece);
      waiting++;
      // Its network has room that it cannot use: the next of that network may.
      const beside = key.startsWith('h') ? parked.get(`n${piece.network}`)?.shift() : undefined;
      if (beside === undefined) continue;
      waiting--;
      ready.push(beside);
    }
  };
  /** False when nothing more may begin now. */
  const startNext = (): boolean => {
    if (running >= widthNow() || signal.aborted || failure !== undefined || timer !== undefined) return false;
    next ??= choose();
    if (next === undefined) return false;
    const ms = next.paced ? (bucket?.take() ?? 0) : 0;
    if (ms > 0) {
      timer = setTimeout(() => {
        timer = undefined;
        fill();
      }, ms);
      return false;
    }
    const piece = next;
    next = undefined;
    // It may have been overtaken while it waited for the rate.
    if (blockedBy(piece) === undefined) start(piece);
    else ready.push(piece);
    return true;
  };
  const fill = (): void => {
    if (filling) return;
    filling = true;
    try {
      for (let room = true; room; ) room = startNext();
    } catch (error) {
      failure ??= { error };
    } finally {
      filling = false;
    }
    const over =
      signal.aborted || failure !== undefined || (dry && next === undefined && ready.length + waiting === 0);
    if (running === 0 && over) {
      clearTimeout(timer);
      resolve();
    }
  };
  const stop = (): void => fill();
  signal.addEventListener('abort', stop, { once: true });
  const unwatch = typeof width === 'number' ? undefined : width.watch(fill);
  fill();
  await promise;
  for (const hold of holds) clearTimeout(hold);
  unwatch?.();
  signal.removeEventListener('abort', stop);
  if (failure !== undefined) throw failure.error;
}
