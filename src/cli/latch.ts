/** Something that happens once, and can be waited for. */
export interface Latch {
  readonly opened: Promise<void>;
  readonly open: () => void;
}

export function createLatch(): Latch {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
