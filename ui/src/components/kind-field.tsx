import type { IndicatorKind } from '../../../src/model/indicator.ts';
import { changeQuery, route } from '../state/route.ts';
import { SelectField } from './select-field.tsx';

const KINDS: readonly IndicatorKind[] = [
  'key',
  'value',
  'value-shape',
  'address',
  'endpoint',
  'url',
  'host',
  'ssh-key',
  'sha256',
  'script',
  'wallet',
  'cron',
  'tlsh',
  'user-agent',
  'file-path',
  'module',
  'password',
];
const OPTIONS = [['', 'any kind'] as const, ...KINDS.map((kind) => [kind, kind] as const)];

export function KindField() {
  return (
    <SelectField
      label="Kind"
      options={OPTIONS}
      value={route.value.query['kind'] ?? ''}
      onChange={(kind) => changeQuery({ kind, offset: undefined })}
    />
  );
}
