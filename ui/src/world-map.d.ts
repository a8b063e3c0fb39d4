/** Made by ui/world-map.ts when the page is built. */
declare module 'virtual:world-map' {
  export const WIDTH: number;
  export const HEIGHT: number;
  /** Country code (empty where there is none) and SVG path. */
  export const AREAS: readonly (readonly [code: string, path: string])[];
  /** Country code, middle, and 1 when it has an area of its own. */
  export const CENTRES: readonly (readonly [code: string, x: number, y: number, area: number])[];
}
