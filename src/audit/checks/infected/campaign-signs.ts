import type { Check } from '../../check.ts';
import { isStrongCampaign } from '../../infection/campaign-strength.ts';
import { responseAdvice } from '../../infection/response-advice.ts';

/** Reads: the signs of campaign files on everything that was found. */
export const campaignSigns: Check = {
  id: 'audit.infected.campaign',
  axis: 'infected',
  title: 'No signs of a known campaign',
  reads: ['all that was found'],
  depth: 'L1',
  run: ({ campaigns, signs }) => ({
    findings: campaigns.map(({ id, title, because }) => {
      const strong = isStrongCampaign(id, signs);
      return {
        rule: `audit.infected.campaign.${id}`,
        title: `Signs of the campaign ${title}`,
        severity: strong ? 'high' : 'low',
        stage: 'tampering',
        attack: ['T1190'],
        why: `What was found bears its marks: ${because}`.slice(0, 600),
        advice: strong
          ? responseAdvice(
              'Stop the cause: read what the campaign does next (sundew campaigns), and look for it on the host',
            )
          : 'Read what the campaign does (sundew campaigns), and look for the rest of it here and on the host',
        evidence: [{ event: 'campaign', field: 'signs', excerpt: because.slice(0, 200) }],
        decides: strong,
      } as const;
    }),
  }),
};
