import { z } from 'zod';

/**
 * What CONFIG SET takes: 'fixed' is refused, as it can only be given at the start; a number has bounds, and units when
 * it is memory; `several` choices may be combined.
 */
export const SettingKind = z.union([
  z.enum(['fixed', 'flag', 'text']),
  z.strictObject({ choices: z.array(z.string()), several: z.literal(true).optional() }),
  z.strictObject({
    least: z.number(),
    most: z.number(),
    memory: z.boolean(),
    /** A share of `maxmemory` is taken as well, written as `10%`. */
    percent: z.literal(true).optional(),
  }),
]);
export type SettingKind = z.infer<typeof SettingKind>;
