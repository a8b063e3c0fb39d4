import { z } from 'zod';

export const IndicatorKind = z.enum([
  'key',
  'value',
  'value-shape',
  'address',
  'endpoint',
  'url',
  'host',
  'ssh-key',
  'sha256',
  'script',
  'wallet',
  'file-path',
  'module',
  'password',
  'cron',
  'tlsh',
  'user-agent',
]);
export type IndicatorKind = z.infer<typeof IndicatorKind>;

/**
 * Something to look for elsewhere, learnt from what attackers did here.
 *
 * What `value` holds by kind: key and password: the byte string; value: SHA-256 of the value with outer white
 * space removed; value-shape: SHA-256 of the value with its variable parts (addresses, URLs, numbers, encoded
 * blobs) replaced by tokens; address: an IP address; endpoint: `host:port`; url, host: normalised; ssh-key: its
 * SHA-256 fingerprint; cron: a crontab line, its white space single; tlsh: the TLSH of a value of 512 bytes and more; user-agent: of
 * HTTP that was sent to the port; script: SHA-1; file-path: dir and file name of a save.
 */
export const Indicator = z.object({
  kind: IndicatorKind,
  value: z.string(),
  /** A printable sample of what stood behind a hash. */
  sample: z.string().optional(),
  firstSeen: z.number().int(),
  lastSeen: z.number().int(),
  /** How many acts carried it. */
  sightings: z.number().int().positive(),
  /** Sessions behind it, newest last, at most 100. */
  sessions: z.array(z.string()),
  /** Source addresses behind it, at most 100. */
  sources: z.array(z.string()),
  /** Rule ids of the findings in the same sessions. */
  rules: z.array(z.string()),
  /** 0 to 1: how sure we are that meeting it elsewhere means the same attackers. */
  confidence: z.number().min(0).max(1),
  /** Campaign id, when the sessions behind it belong to one. */
  campaign: z.string().optional(),
});
export type Indicator = z.infer<typeof Indicator>;
