/** One code unit a byte, as everywhere; wire/ imports nothing of ours, so it names the convention itself. */
export type ByteString = string;
