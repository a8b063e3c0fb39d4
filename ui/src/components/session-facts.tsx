import type { SessionView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { countText, durationText } from '../state/words.ts';
import { CampaignLink } from './campaign-link.tsx';
import { Facts } from './facts.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { SourceLink } from './source-link.tsx';
import { StageSteps } from './stage-steps.tsx';
import { TechniqueLinks } from './technique-links.tsx';

/** What one session amounts to. */
export function SessionFacts({ session }: { readonly session: SessionView }) {
  const {
    id,
    peer,
    sensor,
    opened,
    lastSeen,
    closed,
    commands,
    severity,
    stage,
    techniques,
    campaign,
    findings,
  } = session;
  return (
    <Facts
      facts={[
        ['Worst', <SeverityMark severity={severity} />],
        ['Stage', <StageSteps stage={stage} />],
        ['Source', <SourceLink address={peer.address} port={peer.port} />],
        ['Sensor', <a href={href(['sessions'], { sensor })}>{sensor}</a>],
        [
          'Lasted',
          closed === undefined ? (
            <span class="open-mark">still open</span>
          ) : (
            `${durationText(lastSeen - opened)}, ${closed}`
          ),
        ],
        ['Commands', countText(commands)],
        ['Findings', <a href={href(['findings'], { session: id })}>{countText(findings)}</a>],
        ['Indicators', <a href={href(['indicators'], { session: id })}>learnt from it</a>],
        ['Campaign', <CampaignLink campaign={campaign} />],
        ['ATT&CK', <TechniqueLinks techniques={techniques} />],
      ]}
    />
  );
}
