import type { Act } from '../model/act.ts';
import { bytesFromText } from '../model/bytes.ts';
import { actFields } from './act-fields.ts';
import type { Sign } from './campaign-file.ts';
import { CampaignFile } from './campaign-file.ts';
import type { CompiledClause } from './compile-clause.ts';
import { brokenClause, compileClause } from './compile-clause.ts';
import { exampleEvents } from './example-acts.ts';
import type { PatternBook } from './patterns.ts';
import type { RuleFault, SourceFile, YamlFile } from './yaml-file.ts';
import { readYaml, schemaFault } from './yaml-file.ts';

/** An act bears the mark of a campaign. */
export interface CampaignSign {
  readonly campaign: string;
  readonly title: string;
  readonly sign: string;
  /** Anybody may bear it who works that way: it does not make sessions one. */
  readonly method?: true;
  /** The sign and the part of the act that bears it, printable. */
  readonly because: string;
  readonly strong: boolean;
}

export interface NamedCampaign {
  readonly id: string;
  readonly title: string;
  readonly method?: true;
  readonly because: string;
}

export interface CampaignMatcher {
  /** Key names that known campaigns write, as byte strings. */
  readonly keyNames: readonly string[];
  signs(act: Act): readonly CampaignSign[];
  /** The campaigns that the signs name together: one strong sign, or two different weak ones. */
  named(signs: readonly CampaignSign[]): readonly NamedCampaign[];
}

export interface LoadedCampaign {
  readonly file: CampaignFile;
  readonly signs: readonly { readonly sign: Sign; readonly clauses: readonly CompiledClause[] }[];
}

export function loadCampaigns(
  files: readonly SourceFile[],
  book: PatternBook,
): { campaigns: readonly LoadedCampaign[]; faults: readonly RuleFault[] } {
  const faults: RuleFault[] = [];
  const campaigns: LoadedCampaign[] = [];
  for (const source of files) {
    const yaml = readYaml(source);
    if ('where' in yaml) {
      faults.push(yaml);
      continue;
    }
    const loaded = loadCampaign(yaml, book, source.trusted === true);
    if ('where' in loaded) faults.push(loaded);
    else if (campaigns.some(({ file }) => file.id === loaded.file.id)) {
      const message = `there is another campaign ${loaded.file.id}`;
      faults.push(yaml.fault(['id'], message, 'Give it an id of its own.'));
    } else campaigns.push(loaded);
  }
  return { campaigns, faults };
}

export function createCampaignMatcher(campaigns: readonly LoadedCampaign[]): CampaignMatcher {
  const entries = Map.groupBy(
    campaigns.flatMap(({ file, signs }) =>
      signs.flatMap(({ sign, clauses }) => clauses.map((clause) => ({ file, sign, clause }))),
    ),
    ({ clause }) => clause.act,
  );
  return {
    keyNames: [...new Set(campaigns.flatMap(({ file }) => file.keys.map(bytesFromText)))],
    signs: (act) => {
      const fields = actFields(act);
      const found: CampaignSign[] = [];
      for (const { file, sign, clause } of entries.get(act.type) ?? []) {
        if (found.some((one) => one.campaign === file.id && one.sign === sign.sign)) continue;
        const evidence = clause.test(fields);
        if (evidence === undefined) continue;
        found.push({
          campaign: file.id,
          title: file.title,
          sign: sign.sign,
          ...(file.scope === 'method' ? { method: true as const } : {}),
          because: `${sign.sign}: ${evidence.map(({ excerpt }) => excerpt).join(', ')}`,
          strong: sign.strength === 'strong',
        });
      }
      return found;
    },
    named,
  };
}

function named(signs: readonly CampaignSign[]): NamedCampaign[] {
  const byCampaign = new Map<string, Map<string, CampaignSign>>();
  for (const sign of signs) {
    const of = byCampaign.get(sign.campaign) ?? new Map<string, CampaignSign>();
    if (!of.has(sign.sign)) of.set(sign.sign, sign);
    byCampaign.set(sign.campaign, of);
  }
  return [...byCampaign].flatMap(([id, of]) => {
    const all = [...of.values()];
    const strong = all.filter((sign) => sign.strong);
    if (strong.length === 0 && all.length < 2) return [];
    const telling = strong.length > 0 ? strong : all;
    return [
      {
        id,
        title: all[0]?.title ?? id,
        ...(all[0]?.method === true ? { method: true as const } : {}),
        because: telling.map(({ because }) => because).join('; '),
      },
    ];
  });
}

function loadCampaign(yaml: YamlFile, book: PatternBook, trusted: boolean): LoadedCampaign | RuleFault {
  const parsed = CampaignFile.safeParse(yaml.value);
  if (!parsed.success) return schemaFault(yaml, parsed.error);
  const file = parsed.data;
  for (const [at, { any }] of file.signs.entries()) {
    const broken = brokenClause(any, book);
    if (broken === undefined) continue;
    const remedy = 'docs/rules.md lists fields, conditions and how patterns are named.';
    return yaml.fault(['signs', at, 'any', broken.index], broken.why, remedy);
  }
  const loaded: LoadedCampaign = {
    file,
    signs: file.signs.map((sign) => ({
      sign,
      clauses: sign.any.map((clause) => compileClause(clause, book)),
    })),
  };
  if (trusted) return loaded;
  const matcher = createCampaignMatcher([loaded]);
  for (const kind of ['match', 'miss'] as const) {
    for (const [index, example] of file.examples[kind].entries()) {
      const events = exampleEvents(example);
      const at = ['examples', kind, index];
      if (typeof events === 'string') {
        return yaml.fault(at, `example '${example.shows}' cannot be read: ${events}`, 'See docs/rules.md.');
      }
      const holds = named(events.flatMap(({ act }) => matcher.signs(act))).length > 0;
      if (holds === (kind === 'match')) continue;
      const why = holds ? 'should not name the campaign, but does' : 'should name the campaign, but does not';
      return yaml.fault(at, `example '${example.shows}' ${why}`, 'Change the signs or the example.');
    }
  }
  return loaded;
}
