import type { Scope } from '../../audit/scope/scope.ts';
import { rangeText } from '../../audit/scope/target-range.ts';
import { Complaint, Exit } from '../exit.ts';
import type { Placed } from './scope.ts';
import { placeLiteral } from './scope.ts';
import type { WantedServers } from './targets.ts';

/** @throws Complaint when anything lies outside of the scope, or when everything opted out. */
export function refuseOutsiders(
  { named, ranges }: WantedServers,
  placed: ReadonlyMap<string, Placed>,
  scope: Scope,
  now: number,
): void {
  const outside: { text: string; range: string; because: string }[] = [];
  let optedOut = '';
  let askable = ranges.length > 0;
  for (const one of named) {
    const at =
      'fault' in one || one.socket !== undefined
        ? undefined
        : (placed.get(one.host) ?? placeLiteral(one.host));
    if ('fault' in one || at === undefined || 'fault' in at) {
      askable = true;
      continue;
    }
    const verdict = scope.judge({ host: one.host, port: one.port, address: at.where }, now);
    if (verdict.kind === 'refused')
      outside.push({ text: one.text, range: one.host, because: verdict.because });
    else if (verdict.kind === 'opted-out') optedOut ||= `${one.text} opted out (${verdict.where})`;
    else askable = true;
  }
  for (const range of ranges) {
    const because = range.ports
      .map(({ port }) => scope.uncovered(range.block, port, now))
      .find((why) => why !== undefined);
    if (because !== undefined) {
      outside.push({
        text: rangeText(range),
        range: rangeText(range).split(/:\d+(?:\/tls)?(?:,|$)/)[0] ?? '',
        because,
      });
    }
  }
  const [first] = outside;
  if (first !== undefined) {
    const more = outside.length > 3 ? ` and ${outside.length - 3} more` : '';
    const names = outside.slice(0, 3).map(({ text }) => text);
    throw new Complaint(
      `Outside of your own networks: ${names.join(', ')}${more}. Nothing was sent. Of the first, ${first.because}.`,
      `Let their owner fill in what sundew audit --print-authorization ${first.range} prints, and give it with --authorization FILE.`,
      Exit.scope,
    );
  }
  if (!askable && optedOut !== '') {
    throw new Complaint(
      `${optedOut}, and nobody else is left. Nothing was sent.`,
      'Opt-outs win over every authorisation: ask whoever wrote that line.',
      Exit.scope,
    );
  }
}
