import type { FindingView } from '../../../src/serve/answers.ts';
import { liveFindings } from '../state/live.ts';
import { href } from '../state/route.ts';
import { worstFirst } from '../state/worst-first.ts';
import { FindingRow } from './finding-row.tsx';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';

const SHOWN = 9;

/** The newest findings, one row a session; visits that only looked around give way to the others. */
export function FindingFeed() {
  const rows = worstOfSessions(liveFindings.value);
  const telling = rows.filter(({ worst }) => worst.severity !== 'info');
  const shown = (telling.length < SHOWN ? rows : telling).slice(0, SHOWN);
  return (
    <Panel title="Latest findings" href={href(['findings'])} class="feed">
      {shown.length === 0 && <Note>No finding yet.</Note>}
      <ul class="rows" aria-label="Latest findings">
        {shown.map(({ worst, more }) => (
          <FindingRow key={worst.session} finding={worst} more={more} />
        ))}
      </ul>
    </Panel>
  );
}

interface SessionRow {
  readonly worst: FindingView;
  /** Further findings of the same session. */
  readonly more: number;
}

function worstOfSessions(findings: readonly FindingView[]): SessionRow[] {
  const groups = new Map<string, FindingView[]>();
  for (const finding of findings) {
    groups.set(finding.session, [...(groups.get(finding.session) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => {
    const [worst] = worstFirst(group);
    return worst === undefined ? [] : [{ worst, more: group.length - 1 }];
  });
}
