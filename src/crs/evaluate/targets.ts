import type { ByteString } from '../../model/bytes.ts';
import { compilePattern } from '../regex/pattern.ts';
import { isRequestVariable } from '../request/variables.ts';
import { SecLangFault } from '../seclang/fault.ts';
import type { Selector, Target } from '../seclang/rule.ts';
import type { CompiledTarget, CompiledTargets } from './compiled.ts';

/** Collections that rules themselves change. */
const CHANGING = new Set([
  'TX',
  'MATCHED_VAR',
  'MATCHED_VAR_NAME',
  'MATCHED_VARS',
  'MATCHED_VARS_NAMES',
  'REQBODY_PROCESSOR',
]);
/** What would need memory between requests, or a look into the world: always empty here. */
const EMPTY = new Set([
  'IP',
  'GLOBAL',
  'SESSION',
  'USER',
  'RESOURCE',
  'GEO',
  'ENV',
  'RULE',
  'TIME',
  'TIME_EPOCH',
]);

export function targetCompiler(): (targets: readonly Target[]) => CompiledTargets {
  const numbers = new Map<string, number>();
  return (targets) => {
    const key = JSON.stringify(targets);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    for (const { collection } of targets) {
      if (!isRequestVariable(collection) && !CHANGING.has(collection) && !EMPTY.has(collection)) {
        throw new SecLangFault(`the variable ${collection} is not known in requests`);
      }
    }
    return {
      number,
      wanted: targets.filter(({ mode }) => mode !== 'except').map(compileTarget),
      except: targets.filter(({ mode }) => mode === 'except').map(compileTarget),
      changing: targets.some(({ collection }) => CHANGING.has(collection)),
    };
  };
}

export function compileTarget({ collection, select, mode }: Target): CompiledTarget {
  return {
    collection,
    count: mode === 'count',
    name: select.kind === 'name' ? select.name : undefined,
    matches: compileSelector(select, collection),
  };
}

function compileSelector(select: Selector, collection: string): CompiledTarget['matches'] {
  switch (select.kind) {
    case 'all':
      return undefined;
    case 'name': {
      // `XML:/soap:Envelope/text()` and such: any other path than those two is the text of the whole body.
      const name = collection === 'XML' && select.name !== '//@*' ? '/*' : select.name;
      return (key: ByteString) => key === name;
    }
    case 'pattern': {
      const pattern = compilePattern(`(?i)${select.pattern}`);
      return (key: ByteString) =>
        key.length <= pattern.shortest ? pattern.testShort(key) : pattern.testLong(key);
    }
  }
}
