import type { SensorStudy } from '../../../src/model/study.ts';
import { attackName } from '../state/attack-names.ts';
import { href } from '../state/route.ts';
import { countText, plural } from '../state/words.ts';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const SHOWN = 6;

/** What the attacks of the day have in common, in ATT&CK's terms. */
export function TechniquePanel({ study }: { readonly study: SensorStudy }) {
  const techniques = study.techniques.slice(0, SHOWN);
  const most = Math.max(1, ...techniques.map(({ attacks }) => attacks));
  return (
    <Panel title="Techniques" side={<span class="dim">attacks</span>}>
      {techniques.length === 0 && <Note>No attack in this time.</Note>}
      <ul class="bars">
        {techniques.map(({ technique, attacks, sources }) => (
          <li key={technique}>
            <a
              href={href(['sessions'], { since: '24h', technique, attacks: '1' })}
              title={`${attackName(technique)}: ${plural(attacks, 'attack')} from ${plural(sources, 'source')}: show them`}
            >
              <span class="bars-id">{technique}</span>
              <span class="bars-name">{attackName(technique)}</span>
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" y="0" width={(attacks / most) * 100} height="4" />
              </svg>
              <b>{countText(attacks)}</b>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
