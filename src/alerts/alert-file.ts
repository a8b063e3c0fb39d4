import { z } from 'zod';
import { AlertRule } from './alert-rule.ts';
import { Channel, Name } from './channel.ts';

/** An operator's `alerts.yaml`: who is told what. */
export const AlertFile = z
  .strictObject({
    channels: z
      .record(Name, Channel)
      .refine((channels) => Object.keys(channels).length > 0, 'at least one channel')
      .refine((channels) => Object.keys(channels).length <= 50, 'at most 50 channels'),
    rules: z.array(AlertRule).min(1).max(200),
  })
  .superRefine(({ channels, rules }, context) => {
    const names = new Set<string>();
    for (const [at, { name, to }] of rules.entries()) {
      if (names.has(name))
        context.addIssue({
          code: 'custom',
          path: ['rules', at, 'name'],
          message: `two rules are called '${name}'`,
        });
      names.add(name);
      for (const [place, channel] of to.entries()) {
        if (Object.hasOwn(channels, channel)) continue;
        context.addIssue({
          code: 'custom',
          path: ['rules', at, 'to', place],
          message: `there is no channel '${channel}'`,
        });
      }
    }
  });
export type AlertFile = z.infer<typeof AlertFile>;

/** A rule that has to know which campaign a visit belongs to, which shows a little after the finding. */
export function needsCampaign({ when, groupBy }: AlertRule): boolean {
  return when.campaigns !== undefined || groupBy === 'campaign';
}

export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** All that zod has to say, flat: of a union whose branches all fail, its own message; unknown fields by their name. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `unknown field '${key}'` }));
  });
}
