import type { RuleFault } from '../../detect/rules.ts';
import { loadRules } from '../../detect/rules.ts';
import type { AddCommand } from '../context.ts';
import { Exit } from '../exit.ts';
import { loadKnowledge, ownRules, shippedRules } from '../knowledge.ts';
import type { ListOptions } from '../list.ts';
import { addListOptions, printList } from '../list.ts';
import { ruleFoldersOption } from '../options.ts';
import { ruleView } from '../rule-view.ts';

export const rulesCommand: AddCommand = (program, context, end) => {
  const rules = program.command('rules').description('list the detection rules, or check your own');
  addListOptions(rules.command('list', { isDefault: true }).description('the rules in use'))
    .addOption(ruleFoldersOption())
    .action(async (options: ListOptions & { rules: string[] }) => {
      await printList(
        loadKnowledge(options.rules).rules.map(({ rule }) => rule),
        ruleView,
        options,
        context,
      );
    });
  rules
    .command('check [path...]')
    .description('load rule files (the shipped ones when none is named) and run their examples')
    .action(async (paths: string[]) => {
      const files = paths.length === 0 ? shippedRules() : paths.flatMap(ownRules);
      const { rules: good, faults } = loadRules(files);
      for (const fault of faults) context.terminal.err(faultText(fault));
      await context.terminal.out(
        `${good.length} rules hold, ${faults.length} faults, ${files.length} files\n`,
      );
      if (faults.length > 0) end(Exit.findings);
    });
};

function faultText({ path, where, message, remedy }: RuleFault): string {
  return `${path}: ${where}: ${message}\n        ${remedy}\n`;
}
