/** One direction of a connection, put in order. Repeated bytes are said once; the first that came count. */
export interface TcpStream {
  add(sequence: number, payload: Buffer): void;
  /** Nothing more comes: what waits for missing bytes is said without them. */
  end(): void;
  /** Bytes that wait for others. */
  readonly waiting: number;
}

/** What may wait for missing bytes: as much as senders have under way. Beyond it they are taken as lost. */
const MOST_BYTES = 262_144;
const MOST_SEGMENTS = 512;

/** @param first sequence number of the first byte; undefined when the capture began later. */
export function createTcpStream(
  first: number | undefined,
  onBytes: (bytes: Buffer) => void,
  onHole: () => void,
): TcpStream {
  let next = first;
  let early: { readonly sequence: number; readonly payload: Buffer }[] = [];
  let waiting = 0;

  /** How far a sequence number is ahead of what is expected; they wrap at 2^32. */
  const ahead = (sequence: number): number => (sequence - (next ?? sequence)) | 0;
  const say = (sequence: number, payload: Buffer): void => {
    const fresh = payload.subarray(-ahead(sequence));
    if (ahead(sequence) + payload.length <= 0) return;
    next = (sequence + payload.length) >>> 0;
    onBytes(fresh);
  };
  const sayEarly = (): void => {
    for (;;) {
      const due = early.find(({ sequence }) => ahead(sequence) <= 0);
      if (due === undefined) return;
      early = early.filter((one) => one !== due);
      waiting -= due.payload.length;
      say(due.sequence, due.payload);
    }
  };
  const isTooMuch = (): boolean => waiting > MOST_BYTES || early.length > MOST_SEGMENTS;
  const skipHole = (): void => {
    const nearest = early.reduce((a, b) => (ahead(b.sequence) < ahead(a.sequence) ? b : a));
    next = nearest.sequence;
    onHole();
    sayEarly();
  };
  return {
    add: (sequence, payload) => {
      if (payload.length === 0) return;
      next ??= sequence;
      if (ahead(sequence) <= 0) {
        say(sequence, payload);
        sayEarly();
        return;
      }
      if (early.some((one) => one.sequence === sequence && one.payload.length >= payload.length)) return;
      // The packet is a part of a larger buffer, which must not live as long as this waits.
      early.push({ sequence, payload: Buffer.from(payload) });
      waiting += payload.length;
      while (isTooMuch()) skipHole();
    },
    end: () => {
      while (early.length > 0) skipHole();
    },
    get waiting() {
      return waiting;
    },
  };
}
