import { z } from 'zod';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const Words = z.union([z.string(), z.array(z.string()).min(1)]);

interface Criteria {
  is?: z.infer<typeof Scalar> | z.infer<typeof Scalar>[] | undefined;
  prefix?: string | string[] | undefined;
  suffix?: string | string[] | undefined;
  contains?: string | string[] | undefined;
  like?: string | string[] | undefined;
  re?: string | undefined;
  over?: number | undefined;
  under?: number | undefined;
  longer?: number | undefined;
  injection?: 'sql' | 'html' | undefined;
  mining?: number | undefined;
  not?: Condition | undefined;
}
/** What a field has to be; the plain forms are short for `is`. */
export type Condition = z.infer<typeof Scalar> | z.infer<typeof Scalar>[] | Criteria;

/**
 * All criteria have to hold. Text is compared without regard to the case of ASCII letters. `contains`, `like` and `re`
 * also look into what is hidden in the text (base64, hex, backslashes, percent signs), and different ones may hold in
 * different layers. On a list (the arguments of a command) one element has to satisfy all of them.
 */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    Scalar,
    z.array(Scalar).min(1),
    z
      .strictObject({
        /** Equal to one of these. */
        is: z.union([Scalar, z.array(Scalar).min(1)]),
        /** Begins, ends with one of these. */
        prefix: Words,
        suffix: Words,
        /** Contains one of these. */
        contains: Words,
        /** Contains all of these named patterns (files of kind `pattern`). */
        like: Words,
        /** Matches this expression in RE2 syntax; give it `contains` as well, which is tried first and is cheaper. */
        re: z.string().max(500),
        over: z.number(),
        under: z.number(),
        /** Longer than this many bytes. */
        longer: z.number().int().nonnegative(),
        /** libinjection takes one of its layers for code: SQL, or script in HTML. Never holds where that library is absent. */
        injection: z.enum(['sql', 'html']),
        /** Shows at least so many different signs of coin mining. */
        mining: z.number().int().min(1).max(6),
        not: Condition,
      })
      .partial()
      .refine((criteria) => Object.keys(criteria).length > 0, 'say what the field has to be'),
  ]),
);

/** The criteria of a condition, plain forms spelled out. */
export function criteriaOf(condition: Condition): Criteria {
  return typeof condition === 'object' && !Array.isArray(condition) ? condition : { is: condition };
}

export function listOf<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? (one as readonly T[]) : [one as T];
}
