import { idRanges } from '../seclang/directive.ts';
import { SecLangFault } from '../seclang/fault.ts';
import type { Ctl } from '../seclang/rule.ts';
import { parseTargets } from '../seclang/targets.ts';
import type { Effect, TargetOwner } from './compiled.ts';
import { compileTarget } from './targets.ts';

/** Settings of logging, and of bodies that are looked at here in any case. */
const WITHOUT_BEARING = new Set([
  'auditengine',
  'auditlogparts',
  'debugloglevel',
  'forcerequestbodyvariable',
  'requestbodyaccess',
  'requestbodylimit',
  'responsebodyaccess',
  'responsebodylimit',
  'hashengine',
  'hashenforcement',
]);

export function compileCtl({ name, value }: Ctl): Effect[] {
  switch (name) {
    case 'ruleremovebyid':
      return [{ kind: 'remove-rules', ranges: idRanges(value) }];
    case 'ruleremovebytag':
      return [{ kind: 'remove-tag', tag: value }];
    case 'ruleremovetargetbyid':
      return removeTargets(value, (owner) => ({ by: 'id', ranges: idRanges(owner) }));
    case 'ruleremovetargetbytag':
      return removeTargets(value, (tag) => ({ by: 'tag', tag }));
    case 'requestbodyprocessor':
      return [{ kind: 'processor', name: value.toUpperCase() }];
    case 'ruleengine':
      return value.toLowerCase() === 'off' ? [{ kind: 'engine-off' }] : [];
    default:
      if (WITHOUT_BEARING.has(name)) return [];
      throw new SecLangFault(`ctl:${name} is not supported`);
  }
}

function removeTargets(value: string, ownerOf: (text: string) => TargetOwner): Effect[] {
  const semicolon = value.indexOf(';');
  if (semicolon < 0) throw new SecLangFault(`ctl names no variable: ${value}`);
  const of = ownerOf(value.slice(0, semicolon));
  return parseTargets(value.slice(semicolon + 1)).map((target) => ({
    kind: 'remove-target',
    of,
    target: compileTarget(target),
  }));
}
