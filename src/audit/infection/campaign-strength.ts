import type { CampaignSign } from '../../detect/campaigns.ts';

/** So many weak signs of one campaign do not meet by chance: settings of its own, and its key name besides. */
const TOGETHER = 3;

/** True when a campaign's signs decide: a strong one, or three weak ones. Each sign is in the list once. */
export function isStrongCampaign(id: string, signs: readonly CampaignSign[]): boolean {
  const own = signs.filter(({ campaign }) => campaign === id);
  return own.some(({ strong }) => strong) || own.length >= TOGETHER;
}
