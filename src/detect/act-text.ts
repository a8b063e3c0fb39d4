import { decodedViews } from '../content/views.ts';
import type { ByteString } from '../model/bytes.ts';

/** A text with what is hidden in it; each layer also in lower case, for comparisons. Made once, used by every rule. */
export interface ActText extends Layer {
  layers(): readonly Layer[];
}

export interface Layer {
  readonly text: ByteString;
  readonly lower: ByteString;
  /** What searches have found in it, or that they found nothing. */
  readonly found: Map<Search, Found | 'nowhere'>;
  /** By the patterns that were looked for: which are worth it, and where they are. */
  searched?: Map<
    unknown,
    { readonly worth: ReadonlySet<number>; at: ReadonlyMap<number, number> | 'slow' | undefined }
  >;
}

/** Where something was found in a layer. */
export interface Found {
  readonly layer: Layer;
  readonly at: number;
}
export type Search = (layer: Layer) => Found | undefined;

/** @param views what is hidden in the text, the text itself first. */
export function actText(
  text: ByteString,
  views: (text: ByteString) => readonly ByteString[] = viewsOf,
): ActText {
  let layers: readonly Layer[] | undefined;
  const lower = text.toLowerCase();
  return {
    text,
    lower,
    found: new Map(),
    layers: () => {
      layers ??= views(text).map(layerOf);
      return layers;
    },
  };
}

const viewsOf = (text: ByteString): readonly ByteString[] => decodedViews(text).map(({ bytes }) => bytes);

export function layerOf(text: ByteString): Layer {
  return { text, lower: text.toLowerCase(), found: new Map() };
}
