import type { Alert, Moment } from '../../alerts/alert.ts';
import { createAlerter } from '../../alerts/alerter.ts';
import { createDelivery } from '../../alerts/delivery.ts';
import { messageOf } from '../../alerts/message.ts';
import type { Ledger } from '../../analysis/ledger.ts';
import type { Finding } from '../../model/finding.ts';
import type { Context } from '../context.ts';
import { openChannels } from './open-channels.ts';
import { readAlertFile } from './read-alert-file.ts';

export interface RunningAlerts {
  /** Findings of what has just happened; what a replay finds never comes here. */
  observe(findings: readonly Finding[]): void;
  close(): Promise<void>;
}

const TICK = 1_000;
/** So long the end waits for what is left. */
const CLOSE_WAIT = 5_000;

/** The alerts of a file at work, once the journal has been replayed. */
export async function startAlerts(path: string, ledger: Ledger, context: Context): Promise<RunningAlerts> {
  const { clock, random, terminal } = context;
  const file = await readAlertFile(path);
  const channels = await openChannels(file, clock);
  const deliveries = new Map(
    [...channels].map(([channel, send]) => [
      channel,
      createDelivery({ channel, send, clock, tell: (text) => terminal.err(text) }),
    ]),
  );
  const alerter = createAlerter({
    rules: file.rules,
    campaignOf: (session) => ledger.session(session)?.campaign,
    known: ledger.campaigns().map(({ id }) => id),
  });
  const moment = (): Moment => ({ wall: clock.now(), steady: clock.monotonic() });
  const send = (alerts: readonly Alert[]): void => {
    for (const alert of alerts) {
      const message = messageOf(alert, random.hex(8), clock.now());
      for (const channel of alert.to) deliveries.get(channel)?.add(message);
    }
  };
  const timer = setInterval(() => send(alerter.take(moment())), TICK);
  return {
    observe: (findings) => {
      if (findings.length > 0) alerter.observe(findings, moment());
    },
    close: async () => {
      clearInterval(timer);
      const { alerts, heldBack } = alerter.close(moment());
      send(alerts);
      const lost = await Promise.all([...deliveries.values()].map((delivery) => delivery.close(CLOSE_WAIT)));
      const all = lost.reduce((sum, one) => sum + one, 0);
      if (all > 0) terminal.err(`sundew: ${all} alerts could not be delivered.\n`);
      if (heldBack > 0)
        terminal.err(`sundew: ${heldBack} findings were held back by quiet hours and are told to nobody.\n`);
    },
  };
}
