import type { Finding } from '../../../src/model/finding.ts';
import { finishingEvent } from '../state/finding-event.ts';
import { href } from '../state/route.ts';
import { openOnClick } from '../state/rows.ts';
import { SeverityMark } from './severity-mark.tsx';
import { SourceLink } from './source-link.tsx';
import { TechniqueLinks } from './technique-links.tsx';
import { TimeText } from './time-text.tsx';

/** One finding in a feed. */
export function FindingRow({ finding }: { readonly finding: Finding }) {
  const { severity, title, peer, attack, time, session } = finding;
  return (
    <li class="row finding-row" data-row tabIndex={-1} onClick={openOnClick}>
      <SeverityMark severity={severity} />
      <a class="row-title" data-open href={href(['sessions', session], { event: finishingEvent(finding) })}>
        {title}
      </a>
      <TechniqueLinks techniques={attack} most={2} />
      <SourceLink address={peer.address} />
      <span class="row-time">
        <TimeText at={time} ago />
      </span>
    </li>
  );
}
