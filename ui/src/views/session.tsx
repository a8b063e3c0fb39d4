import type { SessionAnswer } from '../../../src/serve/answers.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { Crumbs } from '../components/crumbs.tsx';
import { Note } from '../components/note.tsx';
import { Raw } from '../components/raw.tsx';
import { Recording } from '../components/recording.tsx';
import { SessionFacts } from '../components/session-facts.tsx';
import { TimeText } from '../components/time-text.tsx';
import { Timeline } from '../components/timeline.tsx';
import { ViewTitle } from '../components/view-title.tsx';
import { useAnswer } from '../state/use-answer.ts';

/** One visit from its first byte to its last. */
export function SessionView({ id }: { readonly id: string }) {
  const { data, error } = useAnswer<SessionAnswer>(`api/sessions/${encodeURIComponent(id)}`);
  return (
    <>
      <Crumbs list="sessions" label="Sessions" />
      <ViewTitle>
        {data === undefined ? (
          'Session'
        ) : (
          <>
            Session of <Raw text={data.session.peer.address} />{' '}
            <span class="h1-note">
              <TimeText at={data.session.opened} /> · <Raw text={id} /> <CopyButton text={id} />
            </span>
          </>
        )}
      </ViewTitle>
      {error !== undefined && <Note tone="bad">{error}</Note>}
      {data !== undefined && (
        <>
          <SessionFacts session={data.session} />
          <Recording key={id} session={id} />
          <Timeline session={data.session} findings={data.findings} />
        </>
      )}
    </>
  );
}
