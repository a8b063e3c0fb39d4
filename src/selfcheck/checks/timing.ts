import type { Check, Probe } from '../check.ts';
import { observes } from './observe.ts';

const ROUNDS = 100;
const DEEP = 10_000;
/** A server whose fastest answer of a hundred takes this much longer than a connection waits on purpose. */
const DELAY_MS = 10;

export const timingChecks: readonly Check[] = [
  observes(
    {
      id: 'T1',
      title: 'answers take as long as the network, and vary',
      why: 'Added delays and constant times are made.',
      source: 'PotSnitch; docs/self-check.md',
      weight: 'weak',
      locked: 'also',
    },
    async (probe) => {
      const way = await connectTime(probe);
      const line = await probe.dial();
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const began = probe.clock.monotonic();
        if ((await line.ask('PING')).kind === 'closed') return undefined;
        times.push(probe.clock.monotonic() - began);
      }
      const [least, most] = [Math.min(...times), Math.max(...times)];
      if (least > way + DELAY_MS)
        return {
          saw: `the fastest of ${ROUNDS} PING took ${least.toFixed(1)} ms, a connection ${way.toFixed(1)} ms`,
          expected: 'no more than the way there and back',
        };
      if (least > 1 && most / least < 1.02)
        return {
          saw: `${ROUNDS} PING took between ${least.toFixed(2)} and ${most.toFixed(2)} ms`,
          expected: 'times that vary',
        };
      return undefined;
    },
  ),
  observes(
    {
      id: 'T2',
      title: 'ten thousand commands in one go are all answered',
      why: 'One answer a read never finishes.',
    },
    async ({ visit }) => {
      // Not as a stranger: since CVE-2025-21605 servers hang up on those who do not read.
      const line = await visit();
      line.send('PING\r\n'.repeat(DEEP));
      for (let count = 0; count < DEEP; count++) {
        const answer = await line.reply();
        if (answer.kind === 'silence' || answer.kind === 'closed' || answer.kind === 'garbage')
          return { saw: `${count} answers to ${DEEP} PING`, expected: `${DEEP} answers` };
      }
      return undefined;
    },
  ),
  observes(
    {
      id: 'P25',
      title: 'a silent connection is kept',
      why: 'Sensors hang up after 30 s or 5 min while CONFIG GET timeout says 0; --idle waits for that long.',
      locked: 'also',
    },
    async ({ idled, ask }) => {
      const line = await idled();
      const timeout = await ask('CONFIG', 'GET', 'timeout');
      const own =
        timeout.kind === 'array' && timeout.items[1]?.kind === 'bulk' ? timeout.items[1].text : undefined;
      const answer = await line.ask('PING');
      const alive = answer.kind === 'simple' || answer.kind === 'error';
      return alive || own !== '0'
        ? undefined
        : { saw: 'a connection that said nothing was closed', expected: 'open, as timeout is 0' };
    },
  ),
];

/** The shortest of a few, in milliseconds: what the network alone takes. */
async function connectTime({ dial, clock }: Probe): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const began = clock.monotonic();
    (await dial()).close();
    least = Math.min(least, clock.monotonic() - began);
  }
  return least;
}
