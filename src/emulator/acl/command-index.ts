import type { Command } from '../command.ts';

/** The commands that rules can name, each with a place in the bit maps of users. */
export interface CommandIndex {
  /** Subcommands right behind their container. */
  readonly commands: readonly Command[];
  readonly places: ReadonlyMap<string, number>;
}

const known = new WeakMap<ReadonlyMap<string, Command>, CommandIndex>();

/** The index of a command table, made once. Modules that are loaded later are not in it. */
export function commandIndex(table: ReadonlyMap<string, Command>): CommandIndex {
  const before = known.get(table);
  if (before !== undefined) return before;
  const commands = [...table.values()].flatMap((command) => [command, ...command.parts.values()]);
  const index = { commands, places: new Map(commands.map(({ name }, place) => [name, place])) };
  known.set(table, index);
  return index;
}

/** A command or subcommand by a name in any case: `get`, `config|get`. */
export function findCommand({ commands, places }: CommandIndex, name: string): Command | undefined {
  const place = places.get(name.toLowerCase());
  return place === undefined ? undefined : commands[place];
}
