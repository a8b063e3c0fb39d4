import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SuppressionFile } from '../src/analysis/suppressions.ts';
import { auditCommand } from '../src/cli/commands/audit.ts';
import type { Context } from '../src/cli/context.ts';

const text = readFileSync(join(import.meta.dirname, '..', 'docs', 'audit-ci.md'), 'utf8');
const blocks = [...text.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind = '', body = '']) => ({
  kind,
  body,
}));
const commands = blocks.flatMap(({ body }) =>
  [...body.matchAll(/\bsundew (audit\b.*)$/gm)].map(([, words = '']) => words),
);

describe('docs/audit-ci.md', () => {
  test('shows commands', () => {
    expect(commands.length).toBeGreaterThan(6);
  });

  test.for(commands)('sundew %s is a command line that is understood', async (line) => {
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    auditCommand(program, {} as Context, () => undefined);
    const [audit] = program.commands;
    // Only the words are of interest here.
    audit?.exitOverride().action(() => undefined);

    await expect(program.parseAsync(line.trim().split(/\s+/), { from: 'user' })).resolves.toBe(program);
  });

  test('shows YAML that can be read, and accepted risks that are accepted', () => {
    const documents = blocks.filter(({ kind }) => kind === 'yaml').map(({ body }) => parse(body) as object);

    expect(documents).toHaveLength(3);
    const risks = documents.find((document) => 'suppressions' in document);
    expect(SuppressionFile.safeParse(risks).success).toBe(true);
  });
});
