import { liveFindings } from '../state/live.ts';
import { href } from '../state/route.ts';
import { FindingRow } from './finding-row.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const SHOWN = 9;

/** The newest findings, as they come; those that only inform give way to the others. */
export function FindingFeed() {
  const all = liveFindings.value;
  const telling = all.filter(({ severity }) => severity !== 'info');
  const findings = (telling.length < SHOWN ? all : telling).slice(0, SHOWN);
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
