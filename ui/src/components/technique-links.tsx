import type { Technique } from '../../../src/model/severity.ts';
import { attackName, attackPage } from '../state/attack-names.ts';

/** ATT&CK ids; each opens MITRE's page in a tab that learns nothing about this one. */
export function TechniqueLinks({
  techniques,
  most = 20,
}: {
  readonly techniques: readonly Technique[];
  readonly most?: number;
}) {
  const left = techniques.length - most;
  return (
    <span class="techniques">
      {techniques.slice(0, most).map((technique) => (
        <a
          key={technique}
          class="technique"
          href={attackPage(technique)}
          target="_blank"
          rel="noopener noreferrer external"
          title={`${technique} ${attackName(technique)} (opens attack.mitre.org)`}
        >
          {technique}
        </a>
      ))}
      {left > 0 && <span class="dim" title={techniques.slice(most).join(' ')}>{`+${left}`}</span>}
    </span>
  );
}
