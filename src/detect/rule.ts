import { z } from 'zod';
import type { ActType } from '../model/act.ts';
import { Act } from '../model/act.ts';
import { Axis, Severity, Stage, Technique } from '../model/severity.ts';
import { Condition } from './condition.ts';

const ACT_TYPES = Act.options.map((option) => option.shape.type.value) as [ActType, ...ActType[]];

/** One act that a rule waits for: its type, and conditions on its fields, all of which have to hold. */
export const Clause = z.strictObject({
  act: z.enum(ACT_TYPES),
  /** By field name; `args.0` is the first element of a list. */
  where: z.record(z.string(), Condition).default({}),
});
export type Clause = z.infer<typeof Clause>;

/** A length of time as people write it (`90s`, `10m`, `2h`), milliseconds when read. */
const Span = z
  .string()
  .regex(/^\d{1,4}[smh]$/, 'a span such as 30s, 10m or 2h')
  .transform(
    (text) => Number(text.slice(0, -1)) * ({ s: 1_000, m: 60_000, h: 3_600_000 }[text.slice(-1)] ?? 0),
  );

/** An act in an example: `type: fields`; what is left out is filled with plain values. */
const ExampleAct = z.record(z.enum(ACT_TYPES), z.record(z.string(), z.unknown()).nullable());

const Example = z.strictObject({
  /** What it shows, in a few words. */
  shows: z.string().min(3),
  acts: z.array(z.partialRecord(z.enum(ACT_TYPES), z.record(z.string(), z.unknown()).nullable())).min(1),
});
export type Example = z.infer<typeof Example>;
export type ExampleAct = z.infer<typeof ExampleAct>;

export const Examples = z.strictObject({ match: z.array(Example).min(1), miss: z.array(Example).min(1) });

const RuleHead = {
  id: z
    .string()
    .regex(/^[a-z0-9]+(\.[a-z0-9-]+){1,3}$/, 'lower-case words joined by dots, such as redis.cron-download'),
  title: z.string().min(8).max(100),
  severity: Severity,
  stage: Stage,
  axis: Axis.default('infected'),
  attack: z.array(Technique).min(1),
  /** Why this is what the title says, for someone who has never seen it. */
  why: z.string().min(20),
  /** What to do now. */
  advice: z.string().min(20),
  references: z.array(z.url()).default([]),
  examples: Examples,
};

/** A detection, as its file holds it: exactly one of `any`, `steps` and `rate`. */
export const Rule = z
  .strictObject({
    ...RuleHead,
    /** Holds as soon as one act satisfies one of these. */
    any: z.array(Clause).min(1).optional(),
    /** Holds when acts of one session satisfy these in this order, within the span. */
    steps: z.array(Clause).min(2).max(8).optional(),
    within: Span.optional(),
    /**
     * Whose acts are counted together by steps and rate: those of one session, or of one address over all its sessions and
     * doors. By the address alone is a weak tie: say so in `why`.
     */
    across: z.enum(['session', 'source']).optional(),
    /** Holds when so many acts of one session satisfy the clause within the span. */
    rate: z.strictObject({ ...Clause.shape, count: z.number().int().min(2).max(10_000) }).optional(),
  })
  .refine(
    ({ any, steps, rate }) => [any, steps, rate].filter((form) => form !== undefined).length === 1,
    'a rule has exactly one of any, steps and rate',
  )
  .refine(
    ({ any, within }) => (any === undefined) === (within !== undefined),
    'steps and rate need within, any does not take it',
  )
  .refine(({ any, across }) => any === undefined || across === undefined, 'any does not take across');
export type Rule = z.infer<typeof Rule>;

/** A named piece of structure that rules and campaigns refer to with `like`. */
export const Pattern = z.strictObject({
  pattern: z.string().regex(/^[a-z0-9-]+$/, 'lower-case words joined by hyphens'),
  why: z.string().min(10),
  /** RE2 syntax. */
  re: z.string().max(2_000),
  /** One of these has to be there, compared without case: tried before the expression, because it is cheap. */
  contains: z.array(z.string().min(1)).min(1),
  /** And one of these. */
  also: z.array(z.string().min(1)).min(1).optional(),
  /** Texts of more bytes are not looked at: for patterns that speak of a whole short value. */
  longest: z.number().int().positive().optional(),
  examples: z.strictObject({ match: z.array(z.string()).min(1), miss: z.array(z.string()).min(1) }),
});
export type Pattern = z.infer<typeof Pattern>;
