import { DefangToggle } from '../components/defang.tsx';
import { INDICATOR_COLUMNS } from '../components/indicator-columns.tsx';
import { KindField } from '../components/kind-field.tsx';
import { ListView } from '../components/list-view.tsx';

export function IndicatorsView() {
  return (
    <ListView
      title="Indicators"
      list="indicators"
      placeholder="Value, sample, campaign"
      columns={INDICATOR_COLUMNS}
      keyOf={({ id }) => id}
      exported
      empty="Nothing has been learnt yet: only sessions with findings teach."
      filters={
        <>
          <KindField />
          <DefangToggle />
        </>
      }
    />
  );
}
