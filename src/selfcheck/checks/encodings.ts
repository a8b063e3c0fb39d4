import { isDenied, pairsOf } from '../answer-values.ts';
import type { Check, Probe, Tell } from '../check.ts';
import { dialogue } from '../dialogue.ts';
import { observes } from './observe.ts';

/** The thresholds that this rests on; where somebody changed one, nothing can be said. */
const USUAL: Readonly<Record<string, string>> = {
  'hash-max-ziplist-value': '64',
  'zset-max-ziplist-value': '64',
  'set-max-intset-entries': '512',
  'set-max-listpack-value': '64',
};

export const encodingCheck: Check = observes(
  {
    id: 'C18',
    title: 'encodings change where they do in the version',
    why: 'OBJECT ENCODING needs thresholds that emulations do not have.',
    measured: true,
  },
  async (probe): Promise<Tell | undefined> => {
    const { server, ask, key } = probe;
    const settings = await ask('CONFIG', 'GET', '*-max-*');
    if (isDenied(settings)) return undefined;
    const shownValues = pairsOf(settings);
    if (Object.entries(USUAL).some(([name, value]) => (shownValues.get(name) ?? value) !== value))
      return undefined;
    const small = server.level < 7 ? '"ziplist"' : '"listpack"';
    const encoding = (name: string): string[] => ['OBJECT', 'ENCODING', key(name)];
    return dialogue(probe, [
      ...counted(probe, 'int', '12345', '"int"'),
      ...counted(probe, 'short', 'abc', '"embstr"'),
      ...counted(probe, 'long', 'a'.repeat(200), '"raw"'),
      [['HSET', key('h'), 'f', 'v'], ':1'],
      [encoding('h'), small],
      [['HSET', key('h'), 'f', 'v'.repeat(100)], ':0'],
      [encoding('h'), '"hashtable"'],
      [['ZADD', key('z'), '1', 'm'], ':1'],
      [encoding('z'), small],
      [['ZADD', key('z'), '1', 'm'.repeat(100)], ':1'],
      [encoding('z'), '"skiplist"'],
      [['SADD', key('s'), '1', '2'], ':2'],
      [encoding('s'), '"intset"'],
      [['SADD', key('s'), 'a'], ':1'],
      [encoding('s'), server.level < 7.2 ? '"hashtable"' : '"listpack"'],
      [['RPUSH', key('l'), 'a'], ':1'],
      [encoding('l'), server.level < 7.2 ? '"quicklist"' : '"listpack"'],
    ]);
  },
);

function counted({ key }: Probe, name: string, value: string, encoding: string): [string[], string][] {
  return [
    [['SET', key(name), value], '+OK'],
    [['OBJECT', 'ENCODING', key(name)], encoding],
  ];
}
