import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { isStrongCampaign } from '../../infection/campaign-strength.ts';
import { placeOf } from '../../infection/trace.ts';

const MOST_SHOWN = 10;

/** Reads: EXISTS of the names that known campaigns write. A name alone is a reason to look, not a verdict. */
export const campaignKeys: Check = {
  id: 'audit.infected.campaign-keys',
  axis: 'infected',
  title: 'No key bears the name of a known campaign',
  reads: ['EXISTS'],
  depth: 'L3',
  run: ({ campaignKeys: keys }) => {
    if (keys.length === 0) return NO_FINDINGS;
    return {
      findings: [
        {
          rule: 'audit.infected.campaign-keys',
          title: 'Key names that known campaigns write',
          severity: 'low',
          stage: 'tampering',
          attack: ['T1190'],
          why: 'Campaigns keep their key names for years. A name alone can be chance; what stands in the key decides.',
          advice:
            'Look at the values: redis-cli GETRANGE KEY 0 400\nIf nobody knows them, treat the server as attacked',
          evidence: keys
            .slice(0, MOST_SHOWN)
            .map((place) => ({ event: placeOf(place), field: 'key', excerpt: 'a name of a known campaign' })),
          decides: false,
        },
      ],
    };
  },
};

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
        advice:
          'Read what the campaign does next (sundew campaigns), and look for it on the host\nIsolate, keep a copy as evidence, rotate secrets, rebuild',
        evidence: [{ event: 'campaign', field: 'signs', excerpt: because.slice(0, 200) }],
        decides: strong,
      } as const;
    }),
  }),
};
