import { z } from 'zod';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Base = { n: z.number().int().nonnegative(), time: z.number().int(), chain: Hash };

/** The first line of every file of the log. */
export const LogHeader = z.object({
  ...Base,
  kind: z.literal('run'),
  /** One audit; its files have it in their names. */
  run: z.string(),
  version: z.string(),
  /** The account that ran it, on this machine. */
  by: z.string(),
  /** SHA-256 of each authorisation and opt-out file, as it was read. */
  files: z.array(z.object({ path: z.string(), sha256: Hash })),
  /** The newest file before this one, and the chain of its last line then. */
  after: z.object({ file: z.string(), chain: Hash }).optional(),
  /** The file is that of a worker of this run; it hangs on a file of the run, which names it in turn. */
  worker: z.number().int().positive().optional(),
});
export type LogHeader = z.infer<typeof LogHeader>;

/** Somebody is going to be dialled. */
export const LogDial = z.object({
  ...Base,
  kind: z.literal('dial'),
  target: z.string(),
  address: z.string(),
  depth: z.string(),
  /** Whose authorisation; missing for own networks. */
  by: z.string().optional(),
});

/** Commands that are going to leave. */
export const LogSent = z.object({
  ...Base,
  kind: z.literal('sent'),
  target: z.string(),
  sent: z.array(z.string()),
  digest: Hash.optional(),
});

/** So far had a worker of this run come with its own file: that has to hold this chain. */
export const LogPart = z.object({ ...Base, kind: z.literal('part'), file: z.string(), chainThere: Hash });

/** The run came to its end; a file without it was cut short. */
export const LogEnd = z.object({ ...Base, kind: z.literal('end') });

export const LogLine = z.discriminatedUnion('kind', [LogHeader, LogDial, LogSent, LogPart, LogEnd]);
export type LogLine = z.infer<typeof LogLine>;
