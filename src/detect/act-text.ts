import { decodedViews } from '../content/views.ts';
import type { ByteString } from '../model/bytes.ts';

/** A text with what is hidden in it; each layer also in lower case, for comparisons. Made once, used by every rule. */
export interface ActText {
  readonly text: ByteString;
  readonly lower: ByteString;
  layers(): readonly Layer[];
}

export interface Layer {
  readonly text: ByteString;
  readonly lower: ByteString;
}

export function actText(text: ByteString): ActText {
  let layers: readonly Layer[] | undefined;
  const lower = text.toLowerCase();
  return {
    text,
    lower,
    layers: () => {
      layers ??= decodedViews(text).map(({ bytes }) => ({ text: bytes, lower: bytes.toLowerCase() }));
      return layers;
    },
  };
}
