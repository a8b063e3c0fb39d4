import type { ComponentChild } from 'preact';
import { Banners } from './components/banners.tsx';
import { Help } from './components/help.tsx';
import { Note } from './components/note.tsx';
import { TopBar } from './components/top-bar.tsx';
import { route } from './state/route.ts';
import { CampaignView } from './views/campaign.tsx';
import { CampaignsView } from './views/campaigns.tsx';
import { CapturesView } from './views/captures.tsx';
import { DoorsView } from './views/doors.tsx';
import { EventsView } from './views/events.tsx';
import { FindingsView } from './views/findings.tsx';
import { IndicatorView } from './views/indicator.tsx';
import { IndicatorsView } from './views/indicators.tsx';
import { NowView } from './views/now.tsx';
import { ServerDetailView } from './views/server.tsx';
import { ServersView } from './views/servers.tsx';
import { SessionView } from './views/session.tsx';
import { SessionsView } from './views/sessions.tsx';
import { SourceView } from './views/source.tsx';
import { SourcesView } from './views/sources.tsx';
import { StudyView } from './views/study.tsx';

/** Views by the first part of the address; the second part names one thing of the list. */
const VIEWS: Readonly<Record<string, (id: string | undefined) => ComponentChild>> = {
  now: () => <NowView />,
  findings: () => <FindingsView />,
  sessions: (id) => (id === undefined ? <SessionsView /> : <SessionView key={id} id={id} />),
  sources: (id) => (id === undefined ? <SourcesView /> : <SourceView key={id} address={id} />),
  indicators: (id) => (id === undefined ? <IndicatorsView /> : <IndicatorView key={id} id={id} />),
  campaigns: (id) => (id === undefined ? <CampaignsView /> : <CampaignView key={id} id={id} />),
  events: () => <EventsView />,
  captures: () => <CapturesView />,
  servers: (id) => (id === undefined ? <ServersView /> : <ServerDetailView key={id} target={id} />),
  study: () => <StudyView />,
  doors: () => <DoorsView />,
};

export function App() {
  const [name = 'now', id] = route.value.path;
  const view = Object.hasOwn(VIEWS, name) ? VIEWS[name] : undefined;
  return (
    <>
      <TopBar />
      <Banners />
      <main>{view === undefined ? <Note>There is no such view.</Note> : view(id)}</main>
      <Help />
    </>
  );
}
