/** How one try to deliver a message ended. `reason` and `remedy` are printable and hold no secret. */
export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Whether it may help to try again. */
      readonly retry: boolean;
      /** When the other side says so: milliseconds to wait. */
      readonly afterMs?: number;
      readonly reason: string;
      readonly remedy: string;
    };

/** Something that delivers one message. Never rejects; ends soon after the signal aborts. */
export type Send<T> = (message: T, signal: AbortSignal) => Promise<Outcome>;

export const DELIVERED: Outcome = { ok: true };

export function failed(reason: string, remedy: string, retry = true): Outcome {
  return { ok: false, retry, reason, remedy };
}
