import type { StudyAnswer } from '../../../src/serve/answers.ts';
import { Note } from '../components/note.tsx';
import { Panel } from '../components/panel.tsx';
import { SelectField } from '../components/select-field.tsx';
import { ShareBars } from '../components/share-bars.tsx';
import { TimelinePanel } from '../components/timeline-panel.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { WebPanel } from '../components/web-panel.tsx';
import { attackName } from '../state/attack-names.ts';
import { changeQuery, href, route } from '../state/route.ts';
import { useAnswer } from '../state/use-answer.ts';
import { countText, plural } from '../state/words.ts';

const SPANS = [
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
] as const;

/** The table of the study, of what the sensors met. */
export function StudyView() {
  const since = route.value.query['since'] ?? '24h';
  const { data, error } = useAnswer<StudyAnswer>(`api/study?since=${encodeURIComponent(since)}`);
  return (
    <>
      <ViewTitle>Study</ViewTitle>
      <div class="filters">
        <SelectField
          label="Time"
          options={SPANS}
          value={since}
          onChange={(value) => changeQuery({ since: value })}
        />
        <span class="filter-total">the sensors; of servers: sundew study TARGET…</span>
      </div>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && <Figures answer={data} since={since} />}
      <TimelinePanel query={{ since }} />
    </>
  );
}

function Figures({
  answer: { study, before },
  since,
}: {
  readonly answer: StudyAnswer;
  readonly since: string;
}) {
  const rows = [
    ['Sources', study.sources, before.sources, href(['sources'], { since, noise: '1' })],
    ['Sessions', study.sessions, before.sessions, href(['sessions'], { since, noise: '1' })],
    ['Attacks', study.attacks, before.attacks, href(['sessions'], { since, attacks: '1' })],
    ['Attacking sources', study.attackers, before.attackers, href(['sources'], { since })],
  ] as const;
  return (
    <>
      <div class="tiles">
        {rows.map(([label, count, earlier, link]) => (
          <a key={label} class="tile" href={link}>
            <span class="tile-label">{label}</span>
            <span class="tile-count">{countText(count)}</span>
            <span class="tile-before">{`${countText(earlier)} in the time before`}</span>
          </a>
        ))}
      </div>
      <WebPanel title="Web attacks, as sensors saw them" web={study.web} since={since} />
      <WebPanel title="Web attacks in imported logs" web={study.webLogs} since={since} />
      <div class="halves">
        <Panel title="Techniques" side={<span class="dim">attacks</span>}>
          {study.techniques.length === 0 && <Note>No attack in this time.</Note>}
          <ShareBars
            of={study.attacks}
            bars={study.techniques.map(({ technique, attacks, sources }) => ({
              key: technique,
              name: `${technique} ${attackName(technique)}`,
              count: attacks,
              title: `${plural(attacks, 'attack')} from ${plural(sources, 'source')}`,
              href: href(['sessions'], { since, technique, attacks: '1' }),
            }))}
          />
        </Panel>
        <Panel title="Rules" side={<span class="dim">attacks</span>}>
          {study.rules.length === 0 && <Note>No attack in this time.</Note>}
          <ShareBars
            of={study.attacks}
            bars={study.rules.map(({ rule, title, attacks, sources }) => ({
              key: rule,
              name: title,
              count: attacks,
              title: `${plural(attacks, 'attack')} from ${plural(sources, 'source')}`,
              href: href(['sessions'], { since, rule, attacks: '1' }),
            }))}
          />
        </Panel>
      </div>
    </>
  );
}
