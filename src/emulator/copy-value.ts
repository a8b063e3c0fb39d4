import { createByteList } from './byte-list.ts';
import type { ScoredMembers } from './scored-members.ts';
import { createScores } from './scored-members.ts';
import { copyOfStream } from './streams/stream.ts';
import type { Value } from './value.ts';
import { copyOfVectorSet } from './vectors/vector-set.ts';

/** A value of its own with the same content: changing one does not change the other. */
export function copyOf(value: Value): Value {
  switch (value.type) {
    case 'string':
      return { ...value };
    case 'list': {
      const items = createByteList();
      items.replace(value.items.slice());
      return { ...value, items };
    }
    case 'hash':
      return {
        ...value,
        fields: new Map(value.fields),
        ...(value.expiries === undefined ? {} : { expiries: new Map(value.expiries) }),
      };
    case 'set':
      return { ...value, members: new Set(value.members) };
    case 'zset':
      return { ...value, scores: copyOfScores(value.scores) };
    case 'stream':
      return { ...value, stream: copyOfStream(value.stream) };
    case 'vectorset':
      return { ...value, set: copyOfVectorSet(value.set) };
  }
}

function copyOfScores(scores: ScoredMembers): ScoredMembers {
  return createScores(scores.byMember);
}
