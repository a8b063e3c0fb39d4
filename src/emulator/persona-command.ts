import { z } from 'zod';

/** Where the search for keys begins: an argument's place, or a word that comes before them. */
const KeySearch = z.union([
  z.strictObject({ index: z.number().int() }),
  z.strictObject({ keyword: z.string(), from: z.number().int() }),
  z.literal('unknown'),
]);
/** Which arguments are keys from there: up to `last`, or as many as an argument says. */
const KeysFound = z.union([
  z.strictObject({ last: z.number().int(), step: z.number().int(), limit: z.number().int() }),
  z.strictObject({ countAt: z.number().int(), first: z.number().int(), step: z.number().int() }),
  z.literal('unknown'),
]);
/** One key specification, as COMMAND INFO shows it from 7.0 on. `noted`: the server has a remark on it. */
export const KeySpec = z.strictObject({
  noted: z.literal(true).optional(),
  flags: z.array(z.string()),
  search: KeySearch,
  found: KeysFound,
});
export type KeySpec = z.infer<typeof KeySpec>;

/** One argument in COMMAND DOCS; the fields that COMMAND DOCS writes, in its order. */
export const DocArgument = z.strictObject({
  name: z.string(),
  type: z.string(),
  displayText: z.string().optional(),
  keySpec: z.number().int().optional(),
  token: z.string().optional(),
  /** The server has a sentence on it. */
  noted: z.literal(true).optional(),
  since: z.string().optional(),
  deprecatedSince: z.string().optional(),
  flags: z.array(z.string()).optional(),
  get arguments() {
    return z.array(DocArgument).optional();
  },
});
export type DocArgument = z.infer<typeof DocArgument>;

/** A row of COMMAND: arity counts the name, negative for "at least"; keys are first, last, step. */
export const PersonaCommand = z.strictObject({
  /** Of a subcommand: `config|get`. */
  name: z.string(),
  arity: z.number().int(),
  flags: z.array(z.string()),
  keys: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  /** ACL categories with their sign, as COMMAND shows them: `@read`. */
  categories: z.array(z.string()),
  /** From 7.0 on, as the rest of this. */
  tips: z.array(z.string()).optional(),
  keySpecs: z.array(KeySpec).optional(),
  since: z.string().optional(),
  group: z.string().optional(),
  /** The module that brings it. */
  module: z.string().optional(),
  /** The formula alone, `varies` where there is none. */
  complexity: z.string().optional(),
  docFlags: z.array(z.string()).optional(),
  deprecatedSince: z.string().optional(),
  replacedBy: z.string().optional(),
  /** The releases that changed it. */
  history: z.array(z.string()).optional(),
  arguments: z.array(DocArgument).optional(),
  get subcommands() {
    return z.array(PersonaCommand).optional();
  },
});
export type PersonaCommand = z.infer<typeof PersonaCommand>;
