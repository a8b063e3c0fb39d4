import type { ByteString } from '../../model/bytes.ts';
import { parseActions } from './actions.ts';
import { SecLangFault } from './fault.ts';
import type { LogicalLine } from './lines.ts';
import type { Directive, OperatorSpec, RuleChoice } from './rule.ts';
import { parseTargets } from './targets.ts';
import { words } from './words.ts';

/** Reads one directive; throws SecLangFault with the reason when it cannot. */
export function parseDirective({ text, line }: LogicalLine): Directive {
  const [name = ''] = /^\S+/.exec(text) ?? [];
  const [first = '', second = '', third = ''] = words(text.slice(name.length));
  switch (name.toLowerCase()) {
    case 'secrule':
      return {
        kind: 'rule',
        targets: parseTargets(first),
        operator: parseOperator(second),
        actions: parseActions(third),
        line,
      };
    case 'secaction':
      return { kind: 'rule', targets: [], operator: ALWAYS, actions: parseActions(first), line };
    case 'secmarker':
      return { kind: 'marker', name: unquoted(first) };
    case 'secdefaultaction':
      return { kind: 'default', actions: parseActions(first) };
    case 'seccomponentsignature':
      return { kind: 'signature', text: first };
    case 'secruleremovebyid':
      return {
        kind: 'remove',
        which: { by: 'id', ranges: idRanges(words(text.slice(name.length)).join(' ')) },
      };
    case 'secruleremovebytag':
      return { kind: 'remove', which: { by: 'tag', pattern: first } };
    case 'secruleremovebymsg':
      return { kind: 'remove', which: { by: 'message', pattern: first } };
    case 'secruleupdatetargetbyid':
      return updateTargets({ by: 'id', ranges: idRanges(first) }, second);
    case 'secruleupdatetargetbytag':
      return updateTargets({ by: 'tag', pattern: first }, second);
    case 'secruleupdatetargetbymsg':
      return updateTargets({ by: 'message', pattern: first }, second);
    case 'include':
    case 'includeoptional':
    case 'secrulescript':
    case 'secruleupdateactionbyid':
    case 'secremoterules':
      throw new SecLangFault(`${name} is not supported`);
    default:
      if (/^Sec[A-Z]\w+$/i.test(name)) return { kind: 'setting' };
      throw new SecLangFault(`${name.slice(0, 40)} is not a directive`);
  }
}

const ALWAYS: OperatorSpec = { name: 'unconditionalmatch', argument: '', negated: false };

/** `@rx x`, `!@rx x`; without an at sign it is a pattern. */
function parseOperator(text: ByteString): OperatorSpec {
  const match = /^(!?)\s*@(\w+)(?:\s+(.*))?$/s.exec(text);
  if (match === null) {
    const negated = text.startsWith('!');
    return { name: 'rx', argument: negated ? text.slice(1) : text, negated };
  }
  return { name: (match[2] ?? '').toLowerCase(), argument: match[3] ?? '', negated: match[1] === '!' };
}

/** `941100`, `941100-941199`, parted by blanks or commas. */
export function idRanges(text: ByteString): [number, number][] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^(\d+)(?:-(\d+))?$/.exec(unquoted(part));
      if (match === null) throw new SecLangFault(`${part} is not the id of a rule`);
      return [Number(match[1]), Number(match[2] ?? match[1])];
    });
}

function updateTargets(which: RuleChoice, targets: ByteString): Directive {
  return { kind: 'update-targets', which, targets: parseTargets(targets.replaceAll(',', '|')) };
}

function unquoted(text: ByteString): ByteString {
  return text.replace(/^'(.*)'$/s, '$1');
}
