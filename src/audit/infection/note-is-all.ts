import { hasNamespace } from '../../content/distinctive.ts';
import type { Joint } from './joined-grounds.ts';
import { statisticsOf, tally } from './statistics.ts';

/** So few keys are what is left behind a wipe. */
const MOST_LEFT = 3;

/**
 * A demand among the data of an application can be a mail or a ticket; alone in a server that was emptied, under a name
 * that is meant to be seen, it is one.
 */
export const noteIsAll: Joint = ({ facts, ruleHits, walk }) => {
  const note = ruleHits.find(({ rule, source }) => rule.id === 'redis.ransom-note' && source === 'values');
  const shown = note?.evidence.find(({ event }) => isNoteName(event));
  const wiped = tally(statisticsOf(facts), 'flushall', 'flushdb');
  if (note === undefined || shown === undefined || wiped.done === 0 || walk.total > MOST_LEFT)
    return undefined;
  return {
    source: 'values',
    name: 'note-is-all',
    strong: true,
    rung: 'attacked',
    because: `the data was deleted, and a demand for money is what is left (${shown.event})`,
    title: 'A ransom note is all that is left',
    why: `FLUSHALL or FLUSHDB ran, and of ${walk.total} keys one asks for coins for the data.`,
    attack: ['T1485', 'T1486', 'T1657'],
    evidence: note.evidence.slice(0, 5),
  };
};

/** Of a place as `db0/NAME`. */
function isNoteName(place: string): boolean {
  return (
    !hasNamespace(place.replace(/^db\d+\//, '')) ||
    /(?:^|[^a-z])(?:read_?-?me|warning|attention|important|recover(?:y)?|restore|ransom|hacked|how_?-?to[a-z_-]*)$/i.test(
      place.slice(0, 200),
    )
  );
}
