import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import type { Axis, Severity } from '../../model/severity.ts';
import type { ReadableSetting } from '../ask/allowed.ts';
import type { Check, FindingDraft } from '../check.ts';
import { settingEvidence } from '../check.ts';
import type { ServerFacts } from '../server-facts.ts';
import { hiddenBecause } from '../server-facts.ts';
import { isSentinel } from './is-at-least.ts';

/** A setting with the values that are a finding. */
export interface RiskySetting {
  readonly setting: ReadableSetting;
  readonly risky: (value: ByteString, facts: ServerFacts) => boolean;
  /** `info`: worth knowing, and no reason to call the server misconfigured. */
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly advice: string | ((facts: ServerFacts) => string);
  /** ATT&CK; T1190 when left out. */
  readonly attack?: readonly string[];
}

export const RESTART = 'Restart Redis: this setting cannot be changed while it runs';

/** A check that judges settings one by one. */
export function settingCheck(about: {
  readonly id: string;
  readonly axis: Axis;
  readonly title: string;
  readonly settings: readonly RiskySetting[];
}): Check {
  const { id, axis, title, settings } = about;
  const names = [...new Set(settings.map(({ setting }) => setting))];
  return {
    id,
    axis,
    title,
    reads: names.flatMap((name) => [`CONFIG GET ${name}`, `redis.conf ${name}`]),
    depth: 'L2',
    run: ({ facts }) => {
      if (facts.settings === undefined && isSentinel(facts))
        return { findings: [], moot: 'a Sentinel tells no settings' };
      if (facts.settings === undefined)
        return { findings: [], unseen: [hiddenBecause(facts, 'settings', whether(title))] };
      const known = names.some((name) => facts.settings?.has(name));
      if (!known) return { findings: [], moot: `no ${names.join(', ')} in what was read` };
      return { findings: settings.flatMap((one) => judged(one, axis, facts)) };
    },
  };
}

function whether(title: string): string {
  return `whether ${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}

function judged(
  { setting, risky, severity, title, why, advice, attack = ['T1190'] }: RiskySetting,
  axis: Axis,
  facts: ServerFacts,
): FindingDraft[] {
  const value = facts.settings?.get(setting);
  if (value === undefined || !risky(value, facts)) return [];
  return [
    {
      rule: `audit.${axis}.${setting}`,
      title,
      severity,
      stage: 'access',
      attack,
      why,
      advice: typeof advice === 'string' ? advice : advice(facts),
      evidence: [settingEvidence(setting, value === '' ? '(empty)' : printable(value))],
    },
  ];
}
