import type { WebStudy } from '../../../src/model/study.ts';
import { href } from '../state/route.ts';
import { countText, plural } from '../state/words.ts';
import { Note } from './note.tsx';
import { Panel } from './panel.tsx';
import { ShareBars } from './share-bars.tsx';

/** The table of web attacks by class; nothing where no HTTP door was visited. */
export function WebPanel({
  title,
  web,
  since,
}: {
  readonly title: string;
  readonly web: WebStudy | null;
  readonly since: string;
}) {
  if (web === null) return null;
  const { count, of, share } = web.alsoRedis;
  return (
    <Panel title={title} side={<span class="dim">requests</span>}>
      <p class="panel-words">
        {plural(web.requests, 'request')}, {plural(web.attacks, 'attack')} by{' '}
        {plural(web.attackers, 'source')}; {countText(web.scanners)} scan, {countText(web.miners)} mine.{' '}
        <a href={href(['doors'], { since })}>
          {countText(count)} of {countText(of)} attacked Redis as well
          {share === null ? '' : ` (${(share * 100).toFixed(1)} %)`}
        </a>
        .
      </p>
      {web.classes.length === 0 && <Note>No attack in this time.</Note>}
      <ShareBars
        of={web.attacks}
        bars={web.classes.map((one) => ({
          key: one.class,
          name: one.title,
          count: one.requests,
          title: `${plural(one.requests, 'request')} from ${plural(one.sources, 'source')}`,
          href: href(['findings'], { since, rule: `http.${one.class}` }),
        }))}
      />
    </Panel>
  );
}
