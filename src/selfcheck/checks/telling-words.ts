import { printable } from '../../model/printable.ts';
import { parseInfo } from '../../redis/info.ts';
import { textOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { observes } from './observe.ts';

/** Names of products, words for traps, and what runtimes of other languages say when they break. */
const WORDS =
  /honey|\bcanary|\bdecoy|\bfake|\bmock|\btrap(ped)?\b|tarpit|emulat|simulat|cowrie|dionaea|opencanary|beelzebub|glutton|qeeqbox|heralding|t-?pot\b|sundew|traceback|typeerror|referenceerror|nullpointer|node_modules|goroutine|panic:|internal (server )?error|undefined|\[object |\bNaN\b|stack trace|not implemented|not supported yet/i;
/** Paths are the operator's own. */
const PATHS = new Set(['executable', 'config_file']);

/** U5: no reply may hold a word that only a trap has. Runs last: all that was said so far is looked at. */
export const tellingWordsCheck: Check = observes(
  {
    id: 'U5',
    title: 'nothing it said names a trap',
    why: 'Error paths of sensors hold their names, stack traces and the like.',
    source: 'RediTrap, threat.gg and DataTrap do; docs/self-check.md',
    locked: 'also',
  },
  async ({ said, ask }) => {
    const info = [...parseInfo(textOf(await ask('INFO')) ?? '')].flatMap(([field, value]) =>
      PATHS.has(field) ? [] : `${field}:${value.slice(0, 200)}`,
    );
    const found = [...said, ...info].find((text) => WORDS.test(text));
    return found === undefined
      ? undefined
      : { saw: printable(found, 200), expected: 'words that Redis has too' };
  },
);
