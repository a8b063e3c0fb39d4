import { liveFindings } from '../state/live.ts';
import { href } from '../state/route.ts';
import { FindingRow } from './finding-row.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const SHOWN = 9;

/** The newest findings, as they come. */
export function FindingFeed() {
  const findings = liveFindings.value.slice(0, SHOWN);
  return (
    <Panel title="Latest findings" href={href(['findings'])} class="feed">
      {findings.length === 0 && <Note>No finding yet.</Note>}
      <ul class="rows" aria-label="Latest findings">
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </Panel>
  );
}
