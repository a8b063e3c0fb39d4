import { resolve } from 'node:path';
import type { RuleFault } from '../../detect/rules.ts';
import type { AddCommand } from '../context.ts';
import { Exit } from '../exit.ts';
import { loadDetection, loadKnowledge, ownFiles, shippedFiles } from '../knowledge.ts';
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
    .description(
      'load files of rules, patterns and campaigns (the shipped ones when none is named) and run their examples',
    )
    .action(async (paths: string[]) => {
      const shipped = shippedFiles();
      // A file of one's own may use the shipped patterns, and must not take a shipped id. Files are judged once: a
      // shipped one that is named is checked as one's own.
      const named = paths.length === 0 ? shipped : paths.flatMap(ownFiles);
      const checked = new Set(named.map(({ path }) => resolve(path)));
      const beside = shipped.filter(({ path }) => !checked.has(path));
      const loaded = loadDetection(beside, named);
      // Those beside are known to hold, so what is more than they are is what was named.
      const { rules: known, campaigns: knownCampaigns } =
        beside.length === 0 ? { rules: [], campaigns: [] } : loadDetection(beside, []);
      for (const fault of loaded.faults) context.terminal.err(faultText(fault));
      await context.terminal.out(
        `${counted(loaded.rules.length - known.length, 'rule')} and ${counted(loaded.campaigns.length - knownCampaigns.length, 'campaign')} hold, ` +
          `${counted(loaded.faults.length, 'fault')}, ${counted(named.length, 'file')}\n`,
      );
      if (loaded.faults.length > 0) end(Exit.findings);
    });
};

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function faultText({ path, where, message, remedy }: RuleFault): string {
  return `${path}: ${where}: ${message}\n        ${remedy}\n`;
}
