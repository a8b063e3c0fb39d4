import type { Check } from '../../check.ts';
import { NO_FINDINGS } from '../../check.ts';
import { compareVersions } from '../../vulnerable/server-version.ts';

/** Reads: CONFIG GET maxmemory and maxmemory-policy. Says what our own reading did to the order of eviction. */
export const evictionTouch: Check = {
  id: 'audit.misconfigured.eviction-touch',
  axis: 'misconfigured',
  title: 'Reading values does not change what is evicted',
  reads: ['CONFIG GET maxmemory-policy', 'CLIENT NO-TOUCH'],
  depth: 'L2',
  run: ({ facts: { settings, engine }, walk }) => {
    const evicts =
      (settings?.get('maxmemory') ?? '0') !== '0' && /lru|lfu/.test(settings?.get('maxmemory-policy') ?? '');
    const old = engine?.parsed !== undefined && compareVersions(engine.parsed, [7, 2, 0]) < 0;
    if (!evicts || !old || walk.read === 0) return NO_FINDINGS;
    return {
      findings: [],
      remarks: [
        `nothing, but note: reading ${walk.read} values made them look recently used (CLIENT NO-TOUCH came with 7.2), which can change what is evicted next`,
      ],
    };
  },
};
