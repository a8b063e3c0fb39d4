import { createAutomaton } from '../../content/literal-automaton.ts';
import type { ByteString } from '../../model/bytes.ts';

/** By group: operators of which a literal is in a text. */
export type Presence = readonly (readonly number[] | undefined)[];

const NOTHING: Presence = [];

/** One automaton for the literals of all operators of all groups: a text is searched once, whoever asks. */
export function presenceFinder(
  groups: readonly (readonly (readonly ByteString[] | undefined)[])[],
): (text: ByteString) => Presence {
  const owners = groups.flatMap((operators, group) =>
    operators.flatMap((literals, index) => (literals === undefined ? [] : [{ group, index, literals }])),
  );
  const automaton = createAutomaton(owners.map(({ literals }, owner) => ({ owner, literals })));
  return (text) => {
    let seen: Set<number> | undefined;
    automaton.scan(text, (owner) => {
      seen ??= new Set();
      seen.add(owner);
    });
    if (seen === undefined) return NOTHING;
    const presence: (number[] | undefined)[] = [];
    for (const owner of seen) {
      const { group = 0, index = 0 } = owners[owner] ?? {};
      const before = presence[group];
      if (before === undefined) presence[group] = [index];
      else before.push(index);
    }
    return presence;
  };
}
