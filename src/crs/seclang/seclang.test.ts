import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseActions } from './actions.ts';
import { logicalLines } from './lines.ts';
import { parseRuleSet } from './ruleset.ts';
import { parseTargets } from './targets.ts';

const parse = (text: string) => parseRuleSet([{ name: 'x.conf', text }]);

describe('SecLang', () => {
  test('joins continuation lines and keeps the number of the first', () => {
    expect(logicalLines('# note\nSecRule A \\\n   "b" \\\n\n"c"\nSecMarker X')).toEqual([
      { text: 'SecRule A "b" ', line: 2 },
      { text: '"c"', line: 5 },
      { text: 'SecMarker X', line: 6 },
    ]);
  });

  test('reads lists of variables', () => {
    expect(parseTargets("ARGS|!ARGS:Pass|&TX:'/a|b/'|REQUEST_COOKIES:/^(x|y)$/|XML:/*")).toEqual([
      { collection: 'ARGS', select: { kind: 'all' }, mode: 'value' },
      { collection: 'ARGS', select: { kind: 'name', name: 'pass' }, mode: 'except' },
      { collection: 'TX', select: { kind: 'pattern', pattern: 'a|b' }, mode: 'count' },
      { collection: 'REQUEST_COOKIES', select: { kind: 'pattern', pattern: '^(x|y)$' }, mode: 'value' },
      { collection: 'XML', select: { kind: 'name', name: '/*' }, mode: 'value' },
    ]);
  });

  test('reads actions', () => {
    const actions = parseActions(
      "id:7,phase:request,t:lowercase,t:none,t:urlDecodeUni,msg:'a, it\\'s',severity:2,tag:'x',setvar:'tx.a_%{TX.1}=+%{tx.b}',setvar:!tx.c,nolog,capture",
    );
    expect(actions).toMatchObject({
      id: 7,
      phase: 2,
      transformations: ['urldecodeuni'],
      message: "a, it's",
      severity: 'CRITICAL',
      tags: ['x'],
      silent: true,
      capture: true,
    });
    expect(actions.setVars).toEqual([
      {
        collection: 'tx',
        name: ['a_', { collection: 'TX', name: '1' }],
        change: 'add',
        value: [{ collection: 'TX', name: 'b' }],
      },
      { collection: 'tx', name: ['c'], change: 'unset', value: ['1'] },
    ]);
  });

  test('a fault leaves out its chain and nothing else, and names its place', () => {
    const { steps, faults } = parse(`SecRule ARGS "@rx a" "id:1,chain"
  SecRule ARGS "@rx b" "nonsense:1,chain"
  SecRule ARGS "@rx c" "t:none"
SecRule ARGS "@rx d" "id:2"
SecRule ARGS "unclosed
Bogus x
SecRule ARGS "@rx e" "id:2"
SecRule ARGS "@rx f" "phase:1"`);
    expect(steps.map((step) => ('id' in step ? step.id : step.marker))).toEqual([2]);
    expect(faults.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'x.conf:2',
      'x.conf:5',
      'x.conf:6',
      'x.conf:7',
      'x.conf:8',
    ]);
  });

  test('removes and changes rules', () => {
    const { steps } = parse(`SecRule ARGS "@rx a" "id:10,tag:'attack-sqli'"
SecRule ARGS "@rx a" "id:11,tag:'attack-xss'"
SecRule ARGS "@rx a" "id:12,msg:'gone'"
SecRule ARGS "@rx a" "id:13"
SecRuleRemoveById 10 100-200
SecRuleRemoveByMsg "gone"
SecRuleUpdateTargetByTag "attack-xss" "!ARGS:q"`);
    expect(steps.map((step) => ('id' in step ? step.id : ''))).toEqual([11, 13]);
    const [first] = steps;
    expect(first !== undefined && 'links' in first ? first.links[0]?.targets : []).toContainEqual({
      collection: 'ARGS',
      select: { kind: 'name', name: 'q' },
      mode: 'except',
    });
  });

  test('never throws', () => {
    const word = fc.constantFrom(
      'SecRule',
      'SecAction',
      'SecMarker',
      ' ',
      '"',
      "'",
      '\\',
      '\n',
      'ARGS',
      '|',
      '!',
      '&',
      ':',
      '/',
      '@rx',
      '(',
      'id:1',
      ',',
      'chain',
      'setvar:',
      'ctl:',
      'x',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        expect(() => parse(words.join(''))).not.toThrow();
      }),
    );
  });
});
