import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignMatcher } from '../detect/campaigns.ts';
import { createCampaignMatcher, loadCampaigns } from '../detect/campaigns.ts';
import type { LoadedRule, RuleFault } from '../detect/rules.ts';
import { loadRules } from '../detect/rules.ts';
import type { TextFile } from '../platform/files.ts';
import { packageRoot, textFiles } from '../platform/files.ts';
import { Complaint } from './exit.ts';

/** What Sundew knows before it has seen anything: the shipped rules and campaigns, and the operator's own. */
export interface Knowledge {
  readonly rules: readonly LoadedRule[];
  readonly campaigns: CampaignMatcher;
}

/** `folders`: the operator's own rules, as folders or files; a fault in any of them stops the command. */
export function loadKnowledge(folders: readonly string[] = []): Knowledge {
  const loaded = loadRules([...shippedRules(), ...folders.flatMap(ownRules)]);
  complainAbout(loaded.faults);
  const campaigns = loadCampaigns(textFiles(join(packageRoot, 'campaigns'), '.yaml'), loaded.patterns);
  complainAbout(campaigns.faults);
  return { rules: loaded.rules, campaigns: createCampaignMatcher(campaigns.campaigns) };
}

export function shippedRules(): TextFile[] {
  return textFiles(join(packageRoot, 'rules'), '.yaml');
}

/** The `.yaml` files of a folder, or one file. */
export function ownRules(path: string): TextFile[] {
  if (!existsSync(path)) {
    throw new Complaint(`There is no ${path}.`, 'Name a folder with .yaml rule files, or one such file.');
  }
  if (path.endsWith('.yaml') || path.endsWith('.yml')) return [{ path, text: readFileSync(path, 'utf8') }];
  return textFiles(path, '.yaml').map((file) => ({ ...file, path: join(path, file.path) }));
}

function complainAbout(faults: readonly RuleFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more: sundew rules check)` : '';
  throw new Complaint(`${first.path}: ${first.where}: ${first.message}${more}`, first.remedy);
}
