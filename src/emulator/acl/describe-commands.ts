import type { RuleContext } from './selector-rule.ts';
import { applySelectorRule, isAllowed, setCommand } from './selector-rule.ts';
import type { Selector } from './user.ts';
import { newSelector } from './user.ts';

/**
 * The commands of a selector as rules. From 7.2 on these are the rules that were given. Before, they are found again
 * from what is allowed: the categories that fit best, then what is left one by one (acl.c of 6.0).
 */
export function describeCommands(selector: Selector, context: RuleContext): string {
  const first = selector.future ? '+@all' : '-@all';
  const rest = context.level >= 7.2 ? selector.rules : foundRules(selector, first, context);
  return [first, ...rest].join(' ');
}

function foundRules(selector: Selector, first: string, context: RuleContext): string[] {
  const { index } = context;
  const adding = !selector.future;
  /** What the rules so far amount to, and what of the selector they leave unsaid. */
  const said = newSelector(index.commands.length, false);
  applySelectorRule(said, first, context);
  const unsaid = { ...selector, commands: selector.commands.slice(), firstArguments: new Map() };
  const rules: string[] = [];
  const left = new Set(context.categories);
  for (;;) {
    let best: string | undefined;
    let [leastWrong, mostRight] = [Infinity, 0];
    for (const category of left) {
      const members = index.commands.filter(({ categories }) => categories.includes(`@${category}`));
      const on = members.filter((command) => isAllowed(unsaid, command, index)).length;
      const [right, wrong] = adding ? [on, members.length - on] : [members.length - on, on];
      if (right > wrong && (wrong < leastWrong || (wrong === leastWrong && right > mostRight)))
        [best, leastWrong, mostRight] = [category, wrong, right];
    }
    if (best === undefined) break;
    left.delete(best);
    rules.push(`${adding ? '+' : '-'}@${best}`);
    applySelectorRule(said, `${adding ? '+' : '-'}@${best}`, context);
    applySelectorRule(unsaid, `${adding ? '-' : '+'}@${best}`, context);
  }
  for (const command of index.commands) {
    const allowed = isAllowed(selector, command, index);
    if (allowed !== isAllowed(said, command, index)) {
      rules.push(`${allowed ? '+' : '-'}${command.name}`);
      setCommand(said, command, allowed, index);
    }
    if (!allowed)
      rules.push(
        ...(selector.firstArguments.get(command.name) ?? []).map((word) => `+${command.name}|${word}`),
      );
  }
  return rules;
}
