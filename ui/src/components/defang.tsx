import { signal } from '@preact/signals';
import { defanged } from '../../../src/outputs/defang.ts';

/** Whether addresses are shown so that nobody can click or resolve them by mistake. */
export const defang = signal(true);

const NETWORK_KINDS: ReadonlySet<string> = new Set(['address', 'endpoint', 'url', 'host']);

/** An indicator's value as it is to be shown and copied. */
export function shownValue(kind: string, value: string): string {
  return defang.value && NETWORK_KINDS.has(kind) ? defanged(value) : value;
}

export function DefangToggle() {
  return (
    <label class="toggle">
      <input type="checkbox" checked={defang.value} onChange={() => (defang.value = !defang.value)} />
      defanged
    </label>
  );
}
