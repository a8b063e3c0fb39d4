import type { Reply } from '../../wire/reply.ts';
import type { FunctionLibrary, LoadedModule } from '../server-facts.ts';
import { COMMANDS_ASKED_ABOUT } from './allowed.ts';
import { fieldsOf, itemsOf, numberOf, textOf, textsOf } from './reply-values.ts';

const MOST_MODULES = 200;
const MOST_COMMANDS = 1_000;
const LONGEST_NAME = 256;
const LONGEST_PATH = 4_096;
const LONGEST_CODE = 65_536;

/** MODULE LIST; the path is told since 7.0. */
export function readModules(reply: Reply | undefined): LoadedModule[] | undefined {
  return itemsOf(reply)
    ?.slice(0, MOST_MODULES)
    .flatMap((item) => {
      const fields = fieldsOf(item);
      const name = textOf(fields?.get('name'));
      if (name === undefined) return [];
      const path = textOf(fields?.get('path'));
      return [
        {
          name: name.slice(0, LONGEST_NAME),
          version: numberOf(fields?.get('ver')) ?? 0,
          path: path === undefined || path === '' ? undefined : path.slice(0, LONGEST_PATH),
        },
      ];
    });
}

/** COMMAND LIST FILTERBY MODULE: what a module brought. */
export function readModuleCommands(reply: Reply | undefined): readonly string[] | undefined {
  return textsOf(reply)
    ?.slice(0, MOST_COMMANDS)
    .map((name) => name.slice(0, LONGEST_NAME).toLowerCase());
}

/** FUNCTION LIST, with or without WITHCODE. */
export function readLibraries(reply: Reply | undefined): readonly FunctionLibrary[] | undefined {
  return itemsOf(reply)
    ?.slice(0, MOST_MODULES)
    .flatMap((item) => {
      const fields = fieldsOf(item);
      const name = textOf(fields?.get('library_name'))?.slice(0, LONGEST_NAME);
      const code = textOf(fields?.get('library_code'))?.slice(0, LONGEST_CODE);
      if (name === undefined) return [];
      return [code === undefined ? { name } : { name, code }];
    });
}

/** COMMAND INFO answers null for a command that does not exist, or not under this name. */
export function readCommands(reply: Reply | undefined): ReadonlySet<string> | undefined {
  const items = itemsOf(reply);
  if (items === undefined) return undefined;
  return new Set(COMMANDS_ASKED_ABOUT.filter((_, at) => (itemsOf(items[at]) ?? []).length > 0));
}
