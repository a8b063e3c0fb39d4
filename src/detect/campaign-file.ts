import { z } from 'zod';
import { Clause, Examples } from './rule.ts';

/** Something that a campaign leaves behind. */
export const Sign = z.strictObject({
  /** Unique within the campaign, in a few words: it is shown as the reason. */
  sign: z.string().min(3).max(120),
  /** A strong sign names the campaign alone; of weak ones it takes two different ones. */
  strength: z.enum(['strong', 'weak']),
  any: z.array(Clause).min(1),
});
export type Sign = z.infer<typeof Sign>;

/** A known campaign, as its file holds it. */
export const CampaignFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{3,40}$/, 'lower-case words joined by hyphens'),
  title: z.string().min(3).max(80),
  aliases: z.array(z.string()).default([]),
  /** First and last year it was reported. */
  years: z.tuple([z.number().int(), z.number().int()]),
  about: z.string().min(20),
  /**
   * Who bears its marks: `actor`, one malware or group, whose sessions are one campaign; `method`, anybody who works that
   * way or uses that tool, so that it is a name for what else belongs together.
   */
  scope: z.enum(['actor', 'method']).default('actor'),
  references: z.array(z.url()).default([]),
  /** Exact key names it writes. The audit asks for them by name, so they are found among a million others. */
  keys: z.array(z.string()).default([]),
  signs: z.array(Sign).min(1),
  examples: Examples,
});
export type CampaignFile = z.infer<typeof CampaignFile>;
