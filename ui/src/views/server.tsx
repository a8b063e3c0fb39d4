import type { ServerAnswer } from '../../../src/serve/answers.ts';
import { Crumbs } from '../components/crumbs.tsx';
import { Facts } from '../components/facts.tsx';
import { FindingCard } from '../components/finding-card.tsx';
import { Note } from '../components/note.tsx';
import { Panel } from '../components/panel.tsx';
import { Raw } from '../components/raw.tsx';
import { RungMark } from '../components/rung-mark.tsx';
import { TimeText } from '../components/time-text.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { useAnswer } from '../state/use-answer.ts';
import { countText, plural } from '../state/words.ts';

/** One of the operator's servers: what is wrong with it now, and how it was before. */
export function ServerDetailView({ target }: { readonly target: string }) {
  const { data, error } = useAnswer<ServerAnswer>(`api/servers/${encodeURIComponent(target)}`);
  return (
    <>
      <Crumbs list="servers" label="My servers" />
      <ViewTitle>
        <Raw text={target} />
      </ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && <Details answer={data} />}
    </>
  );
}

function Details({ answer }: { readonly answer: ServerAnswer }) {
  const { server, findings, history } = answer;
  return (
    <>
      <Facts
        facts={[
          ['How far', <RungMark rung={server.rung} before={server.before} outcome={server.outcome} />],
          ['Software', server.software ?? '–'],
          ['Keys', server.keys === undefined ? '–' : countText(server.keys)],
          ['Audited', <TimeText at={server.time} />],
        ]}
      />
      {server.message !== undefined && <Note>{server.message}</Note>}
      <Panel title="Verdict">
        <ul class="reasons">
          {Object.entries(server.axes).map(([axis, { answer: said, because }]) => (
            <li key={axis}>
              <span
                class={`answer answer-${said}`}
              >{`${axis}: ${said === 'not-visible' ? 'not visible' : said}`}</span>{' '}
              {because}
            </li>
          ))}
        </ul>
      </Panel>
      {findings.map((finding) => (
        <FindingCard key={finding.id} finding={finding} />
      ))}
      <Panel title="History" side={<span class="dim">{plural(history.length, 'audit')}</span>}>
        <ul class="reasons">
          {history.map(({ time, rung, outcome, findings: count }) => (
            <li key={time}>
              <TimeText at={time} /> <RungMark rung={rung} outcome={outcome} />{' '}
              <span class="dim">{plural(count, 'finding')}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
