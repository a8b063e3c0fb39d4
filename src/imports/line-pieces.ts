import type { ByteString } from '../model/bytes.ts';

/** Cuts chunks at their line feeds: a piece is a line or, where a chunk ends within one, a part of it. */
export function createLinePieces(onPiece: (text: ByteString, ended: boolean) => void): {
  push(chunk: Buffer): void;
  /** Ends a last line that has no line feed. */
  end(): void;
} {
  let open = false;
  return {
    push: (chunk) => {
      const text = chunk.toString('latin1');
      let from = 0;
      for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', from)) {
        onPiece(text.slice(from, feed), true);
        from = feed + 1;
        open = false;
      }
      if (from === text.length) return;
      open = true;
      onPiece(text.slice(from), false);
    },
    end: () => {
      if (open) onPiece('', true);
      open = false;
    },
  };
}
