import type { CampaignName } from '../../../src/serve/answers.ts';
import { href } from '../state/route.ts';

export function CampaignLink({ campaign }: { readonly campaign: CampaignName | undefined }) {
  if (campaign === undefined) return <span class="dim">–</span>;
  return (
    <a class="campaign" href={href(['campaigns', campaign.id])} title={campaign.title}>
      {campaign.title}
    </a>
  );
}
