import type { Context } from 'hono';
import { z } from 'zod';
import { printableText } from '../model/printable.ts';
import type { ErrorAnswer } from './answers.ts';
import { ListQuery } from './list-query.ts';

/** The list query of a request, or an answer that names what is wrong with it. */
export function readQuery(context: Context): { readonly query: ListQuery } | { readonly refused: Response } {
  const parsed = ListQuery.safeParse(context.req.query());
  if (parsed.success) return { query: parsed.data };
  const error = printableText(z.prettifyError(parsed.error).replaceAll('\n', ' '), 400);
  return {
    refused: context.json(
      { error, remedy: 'docs/dashboard.md lists the parameters.' } satisfies ErrorAnswer,
      400,
    ),
  };
}
