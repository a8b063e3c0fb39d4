import type { CampaignView } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';
import { plural } from '../state/words.ts';
import { CampaignLink } from './campaign-link.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';
import { TimeText } from './time-text.tsx';

const SHOWN = 3;

/** The campaigns that were seen last. */
export function CampaignPanel({ campaigns }: { readonly campaigns: readonly CampaignView[] }) {
  return (
    <Panel title="Campaigns" href={href(['campaigns'])}>
      {campaigns.length === 0 && <Note>Nothing ties sessions together yet.</Note>}
      <ul class="brief">
        {campaigns.slice(0, SHOWN).map((campaign) => (
          <li key={campaign.id}>
            <CampaignLink campaign={campaign} />
            <span class="dim">
              {plural(campaign.sessions, 'session')}, {plural(campaign.sources, 'source')},{' '}
              <TimeText at={campaign.lastSeen} ago />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
