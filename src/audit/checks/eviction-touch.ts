import type { Check } from '../check.ts';
import { NO_FINDINGS } from '../check.ts';
import { compareVersions } from '../server-version.ts';

/** Reads: CONFIG GET maxmemory and maxmemory-policy. Says what our own reading did to the order of eviction. */
export const evictionTouch: Check = {
  id: 'audit.misconfigured.eviction-touch',
  axis: 'misconfigured',
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
