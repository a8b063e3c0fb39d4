import { printableText } from '../../model/printable.ts';
import type { AddCommand } from '../context.ts';
import { loadRuleSet } from '../crs-option.ts';
import { Exit } from '../exit.ts';

/** The OWASP Core Rule Set, which is read from the user's disk and does not come with Sundew. */
export const crsCommand: AddCommand = (program, context, end) => {
  program
    .command('crs')
    .description('the OWASP Core Rule Set on your disk')
    .command('check <folder>')
    .description('load a rule set and tell what of it runs here, and what does not')
    .option('--json', 'as JSON')
    .action(async (folder: string, options: { json?: true }) => {
      const { signature, rules, detections, faults, losses } = loadRuleSet(folder);
      if (faults.length > 0) end(Exit.findings);
      if (options.json === true) {
        const told = { signature, rules, detections, faults, losses };
        await context.terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
        return;
      }
      for (const { file, line, message } of faults) {
        context.terminal.err(`${file}:${line}: ${printableText(message, 300)}\n`);
      }
      for (const loss of losses) context.terminal.err(`${loss}\n`);
      await context.terminal.out(
        `${printableText(signature || 'a rule set without a name', 100)}: ${rules} rules of requests run, ${detections} of them detect; ` +
          `${faults.length} cannot be used, ${losses.length} see less than they should\n`,
      );
    });
};
