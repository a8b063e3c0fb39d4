import type { EventView, FindingView } from '../../../src/serve/answers.ts';
import { finishingEvent } from './finding-event.ts';
import { worstFirst } from './worst-first.ts';

/** One step of a session: what was sent, what that meant, and what was found out by it. */
export interface Step {
  readonly event: EventView;
  readonly meant: readonly EventView[];
  readonly findings: readonly FindingView[];
}

/** Events in their order and findings as steps; a finding stands with the step that completed it. */
export function timeline(events: readonly EventView[], findings: readonly FindingView[]): Step[] {
  const groups: { event: EventView; meant: EventView[] }[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (event.derived && last !== undefined) last.meant.push(event);
    else groups.push({ event, meant: [] });
  }
  return groups.map(({ event, meant }) => ({
    event,
    meant: meant.map((one) => withoutRepeats(one, event)).filter(saysMore),
    findings: finishedBy([event, ...meant], findings),
  }));
}

function finishedBy(events: readonly EventView[], findings: readonly FindingView[]): FindingView[] {
  return worstFirst(findings.filter((finding) => events.some(({ id }) => id === finishingEvent(finding))));
}

/** What stands in the command already is not said twice. */
function withoutRepeats(meant: EventView, { args }: EventView): EventView {
  return { ...meant, args: meant.args.filter((arg) => !args.includes(arg)) };
}

function saysMore({ args, note, outcome }: EventView): boolean {
  return args.length > 0 || note !== undefined || outcome === 'refused';
}
