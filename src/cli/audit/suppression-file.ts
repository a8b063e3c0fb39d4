import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Suppressions } from '../../analysis/suppressions.ts';
import { createSuppressions, SuppressionFile } from '../../analysis/suppressions.ts';
import { printableText } from '../../model/printable.ts';
import type { Clock } from '../../platform/clock.ts';
import { Complaint } from '../exit.ts';

const EXAMPLE =
  'It takes: suppressions: [{ rule, target, reason, expires: 2027-01-31, by }], and key where only some keys are meant.';

export function readSuppressions(path: string, clock: Clock): Suppressions {
  let document: unknown;
  try {
    // Days stay text; aliases cannot blow up.
    document = parse(readFileSync(path, 'utf8'), { maxAliasCount: 100, schema: 'core' });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'error';
    throw new Complaint(`${path} cannot be read (${printableText(reason, 200)}).`, EXAMPLE);
  }
  const file = SuppressionFile.safeParse(document);
  if (!file.success)
    throw new Complaint(
      `${path}: ${printableText(z.prettifyError(file.error).split('\n').join('; '), 500)}`,
      EXAMPLE,
    );
  return createSuppressions(file.data.suppressions, clock.now());
}
