import { ListView } from '../components/list-view.tsx';
import { SESSION_COLUMNS } from '../components/session-columns.tsx';

export function SessionsView() {
  return (
    <ListView
      title="Sessions"
      list="sessions"
      placeholder="Source, network, finding, campaign, technique"
      columns={SESSION_COLUMNS}
      keyOf={({ id }) => id}
      severity
      exported
      empty="Nobody has connected yet."
    />
  );
}
