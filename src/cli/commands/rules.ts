import { join, resolve } from 'node:path';
import type { RuleFault } from '../../detect/rules.ts';
import { loadRules } from '../../detect/rules.ts';
import type { TextFile } from '../../platform/files.ts';
import { packageRoot } from '../../platform/files.ts';
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
      const named = paths.length === 0 ? shippedRules() : paths.flatMap(ownRules);
      // A rule of one's own may use the shipped patterns, and must not take a shipped rule's id.
      const beside = paths.length === 0 ? [] : shippedBeside(named);
      const { rules: loaded, faults } = loadRules([...beside, ...named]);
      const holding = loaded.length - loadRules(beside).rules.length;
      for (const fault of faults) context.terminal.err(faultText(fault));
      await context.terminal.out(`${holding} rules hold, ${faults.length} faults, ${named.length} files\n`);
      if (faults.length > 0) end(Exit.findings);
    });
};

/** The shipped files without those that are being checked. */
function shippedBeside(named: readonly TextFile[]): TextFile[] {
  const checked = new Set(named.map(({ path }) => resolve(path)));
  return shippedRules().filter(({ path }) => !checked.has(join(packageRoot, 'rules', path)));
}

function faultText({ path, where, message, remedy }: RuleFault): string {
  return `${path}: ${where}: ${message}\n        ${remedy}\n`;
}
