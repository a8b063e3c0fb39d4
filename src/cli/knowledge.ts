import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CampaignMatcher, LoadedCampaign } from '../detect/campaigns.ts';
import { createCampaignMatcher, loadCampaigns } from '../detect/campaigns.ts';
import type { LoadedRule, RuleFault } from '../detect/rules.ts';
import { loadRules } from '../detect/rules.ts';
import type { SourceFile } from '../detect/yaml-file.ts';
import { errorCode } from '../platform/error-code.ts';
import type { TextFile } from '../platform/files.ts';
import { packageRoot, textFiles } from '../platform/files.ts';
import { Complaint } from './exit.ts';
import { parsedRules } from './parsed-rules.ts';

/** What Sundew knows before it has seen anything: the shipped rules and campaigns, and the operator's own. */
export interface Knowledge {
  readonly rules: readonly LoadedRule[];
  readonly campaigns: CampaignMatcher;
}

/**
 * `folders`: the operator's own rules, patterns and campaigns, as folders or files; a fault in any of them stops the
 * command.
 */
export function loadKnowledge(folders: readonly string[] = []): Knowledge {
  const loaded = loadDetection(shippedFiles(), folders.flatMap(ownFiles));
  complainAbout(loaded.faults);
  return { rules: loaded.rules, campaigns: createCampaignMatcher(loaded.campaigns) };
}

/** Everything that detects, read from files; `own` after `shipped`, so that a clash is the fault of one's own. */
export function loadDetection(
  shipped: readonly SourceFile[],
  own: readonly TextFile[],
): {
  readonly rules: readonly LoadedRule[];
  readonly campaigns: readonly LoadedCampaign[];
  readonly faults: readonly RuleFault[];
} {
  const [campaignFiles, ruleFiles] = split([...shipped, ...own.map(({ path, text }) => ({ path, text }))]);
  const rules = loadRules(ruleFiles);
  const campaigns = loadCampaigns(campaignFiles, rules.patterns);
  return {
    rules: rules.rules,
    campaigns: campaigns.campaigns,
    faults: [...rules.faults, ...campaigns.faults],
  };
}

/** Campaigns have signs; rules and patterns have not. A file that is broken goes to the rules, which say so. */
function split(files: readonly SourceFile[]): [campaigns: SourceFile[], rules: SourceFile[]] {
  const campaigns = new Set(files.filter(({ text }) => /^signs:/m.test(text)));
  return [[...campaigns], files.filter((file) => !campaigns.has(file))];
}

/** Rules, patterns and campaigns that ship with Sundew; paths are whole. Known to hold, for the tests ran their examples. */
export function shippedFiles(): SourceFile[] {
  const files = shippedTexts();
  const parsed = parsedRules(files);
  return files.map(({ path, text }, at) => ({
    path: join(packageRoot, path),
    text,
    trusted: true,
    ...(parsed === undefined ? {} : { parsed: parsed[at] }),
  }));
}

/** The same as texts, with paths below the package. */
export function shippedTexts(): TextFile[] {
  return ['rules', 'campaigns'].flatMap((folder) =>
    textFiles(join(packageRoot, folder), '.yaml').map(({ path, text }) => ({
      path: `${folder}/${path}`,
      text,
    })),
  );
}

const NAME_ONE = 'Name a folder with .yaml files of rules, patterns and campaigns, or one such file.';

/** The `.yaml` files of a folder, or one file. */
export function ownFiles(path: string): TextFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ path, text: readFileSync(path, 'utf8') }];
    return ['.yaml', '.yml']
      .flatMap((ending) => textFiles(path, ending))
      .map((file) => ({ ...file, path: join(path, file.path) }));
  } catch (error) {
    const code = errorCode(error) ?? 'error';
    throw new Complaint(
      code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read (${code}).`,
      NAME_ONE,
    );
  }
}

function complainAbout(faults: readonly RuleFault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more: sundew rules check)` : '';
  throw new Complaint(`${first.path}: ${first.where}: ${first.message}${more}`, first.remedy);
}
