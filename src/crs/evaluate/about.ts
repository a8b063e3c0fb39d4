import { printable } from '../../model/printable.ts';
import type { Chain } from '../seclang/ruleset.ts';
import type { RuleAbout } from './compiled.ts';

/** Files that add up scores, set things up, or make exceptions: what holds in them is no detection. */
const NO_DETECTION = /^(?:crs-setup|REQUEST-90\d|REQUEST-949|RESPONSE-)/i;

export function aboutRule(chain: Chain): RuleAbout {
  const actions = chain.links[0]?.actions;
  const tags = actions?.tags ?? [];
  return {
    id: chain.id,
    message: printable(actions?.message ?? '', 200),
    class: classOf(tags, chain.file),
    paranoia: paranoiaOf(chain),
    severity: actions?.severity ?? '',
    file: chain.file,
    detects: actions?.silent === false && !NO_DETECTION.test(chain.file),
    missesHeaders: chain.links.some(
      ({ targets, operator }) =>
        !operator.negated &&
        operator.name === 'eq' &&
        operator.argument === '0' &&
        targets.some(({ collection, mode }) => mode === 'count' && collection.startsWith('REQUEST_HEADERS')),
    ),
  };
}

/** By tag; a rule that lacks one is of the class that its file is named after. */
function classOf(tags: readonly string[], file: string): string {
  const tag = tags.find((text) => text.startsWith('attack-'));
  if (tag !== undefined) return tag;
  const name =
    /^REQUEST-[\d.]+-(?:APPLICATION-ATTACK-)?(.+?)(?:-(?:ATTACK|ENFORCEMENT|DETECTION))?\.conf$/i.exec(
      file,
    )?.[1];
  return name === undefined ? 'other' : `attack-${name.toLowerCase()}`;
}

/** By tag, or by the score that it adds to: some rules of CRS 3.3 lack the tag. */
function paranoiaOf(chain: Chain): number {
  for (const tag of chain.links[0]?.actions.tags ?? []) {
    const level = /^paranoia-level\/(\d)$/.exec(tag)?.[1];
    if (level !== undefined) return Number(level);
  }
  for (const { name } of chain.links.flatMap(({ actions }) => actions.setVars)) {
    const level = /anomaly_score_pl(\d)$/.exec(name.map(String).join(''))?.[1];
    if (level !== undefined) return Number(level);
  }
  return 1;
}
