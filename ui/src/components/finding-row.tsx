import type { FindingView } from '../../../src/serve/answers.ts';
import { finishingEvent } from '../state/finding-event.ts';
import { href } from '../state/route.ts';
import { openOnClick } from '../state/rows.ts';
import { SeverityMark } from './severity-mark.tsx';
import { SourceLink } from './source-link.tsx';
import { TechniqueLinks } from './technique-links.tsx';
import { TimeText } from './time-text.tsx';

interface FindingRowProps {
  readonly finding: FindingView;
  /** Further findings of the same session. */
  readonly more: number;
}

/** One finding in a feed. */
export function FindingRow({ finding, more }: FindingRowProps) {
  const { severity, title, peer, attack, time, session } = finding;
  return (
    <li class="row finding-row" data-row tabIndex={-1} onClick={openOnClick}>
      <SeverityMark severity={severity} />
      <a class="row-title" data-open href={href(['sessions', session], { event: finishingEvent(finding) })}>
        {title}
        {more > 0 && <span class="dim" title={`${more} more in the same session`}>{` +${more}`}</span>}
      </a>
      <TechniqueLinks techniques={attack} most={2} />
      <SourceLink address={peer.address} />
      <span class="row-time">
        <TimeText at={time} ago />
      </span>
    </li>
  );
}
