import { explainAlerts } from '../../alerts/explain.ts';
import { messageOf } from '../../alerts/message.ts';
import { testAlert } from '../../alerts/test-alert.ts';
import { printable } from '../../model/printable.ts';
import { openChannels } from '../alerts/open-channels.ts';
import { readAlertFile } from '../alerts/read-alert-file.ts';
import type { AddCommand, Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';

export const alertsCommand: AddCommand = (program, context, end) => {
  const alerts = program
    .command('alerts')
    .description('who is told what (sundew up --alerts FILE); docs/alerts.md');
  alerts
    .command('check <file>')
    .description('is the file right, and what would it do? Nothing is sent')
    .action(async (path: string) => {
      const file = await readAlertFile(path);
      await openChannels(file, context.clock);
      await context.terminal.out(`${explainAlerts(file).join('\n')}\n`);
    });
  alerts
    .command('test <file>')
    .description('send one message that says it is a test to each channel')
    .option('--channel <name>', 'to this one only')
    .action(async (path: string, { channel }: { channel?: string }) =>
      end(await test(path, channel, context)),
    );
};

async function test(path: string, only: string | undefined, context: Context): Promise<Exit> {
  const { clock, random, terminal, signal } = context;
  const channels = await openChannels(await readAlertFile(path), clock);
  if (only !== undefined && !channels.has(only)) {
    throw new Complaint(
      `The file has no channel ${printable(only, 60)}.`,
      `It has: ${[...channels.keys()].join(', ')}.`,
    );
  }
  let failures = 0;
  for (const [name, send] of channels) {
    if (only !== undefined && name !== only) continue;
    terminal.status(`${name}: sending`);
    const message = messageOf(testAlert(name, clock.now()), random.hex(8), clock.now());
    const outcome = await send(message, signal);
    terminal.status('');
    if (outcome.ok) await terminal.out(`${name}: delivered\n`);
    else {
      failures++;
      await terminal.out(`${name}: not delivered: ${outcome.reason}\n        ${outcome.remedy}\n`);
    }
  }
  return failures === 0 ? Exit.fine : Exit.partial;
}
