import type { FindingView } from '../../../src/serve/answers.ts';
import type { TableColumn } from '../components/data-table.tsx';
import { EvidenceText } from '../components/evidence-text.tsx';
import { ListView } from '../components/list-view.tsx';
import { RuleLead } from '../components/rule-lead.tsx';
import { SeverityMark } from '../components/severity-mark.tsx';
import { SourceLink } from '../components/source-link.tsx';
import { StageSteps } from '../components/stage-steps.tsx';
import { TechniqueLinks } from '../components/technique-links.tsx';
import { TimeText } from '../components/time-text.tsx';
import { finishingEvent } from '../state/finding-event.ts';
import { href, route } from '../state/route.ts';

const COLUMNS: readonly TableColumn<FindingView>[] = [
  { title: 'Severity', sort: 'severity', cell: ({ severity }) => <SeverityMark severity={severity} /> },
  {
    title: 'Finding',
    sort: 'name',
    role: 'lead',
    cell: (finding) => (
      <>
        <a data-open href={href(['sessions', finding.session], { event: finishingEvent(finding) })}>
          {finding.title}
        </a>{' '}
        <a
          class="dim small-id"
          href={href(['findings'], { rule: finding.rule })}
          title="All findings of this rule"
        >
          {finding.rule}
        </a>
      </>
    ),
  },
  {
    title: 'Evidence',
    role: 'wide',
    cell: ({ evidence }) => <EvidenceText evidence={evidence.at(-1)} />,
  },
  { title: 'Stage', cell: ({ stage }) => <StageSteps stage={stage} /> },
  { title: 'ATT&CK', cell: ({ attack }) => <TechniqueLinks techniques={attack} most={2} /> },
  { title: 'Source', cell: ({ peer }) => <SourceLink address={peer.address} /> },
  { title: 'Time', sort: 'recent', align: 'right', cell: ({ time }) => <TimeText at={time} /> },
];

export function FindingsView() {
  const rule = route.value.query['rule'];
  return (
    <ListView
      title="Findings"
      list="findings"
      placeholder="Title, rule, source, evidence"
      columns={COLUMNS}
      keyOf={({ id }) => id}
      severity
      exported
      empty="No rule has held yet."
      lead={rule === undefined ? null : <RuleLead rule={rule} />}
    />
  );
}
