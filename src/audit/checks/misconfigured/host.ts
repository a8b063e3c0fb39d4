import { printable } from '../../../model/printable.ts';
import type { Check } from '../../check.ts';
import { hiddenBecause } from '../../server-facts.ts';

/** Kernel branches that kernel.org listed as maintained when this was written (2026-11): 5.10 and later long-term ones. */
const OLDEST_KERNEL = [5, 10] as const;

/** Reads: INFO server os and arch_bits. */
export const host: Check = {
  id: 'audit.misconfigured.host',
  axis: 'misconfigured',
  title: 'The host is one that still gets fixes',
  reads: ['INFO server os', 'INFO server arch_bits'],
  depth: 'L1',
  run: ({ facts }) => {
    const os = facts.info?.get('os')?.slice(0, 200);
    if (os === undefined) return { findings: [], remarks: [hiddenBecause(facts, 'info', 'its host')] };
    const kernel = /^Linux (\d{1,3})\.(\d{1,3})/.exec(os);
    const [major, minor] = [Number(kernel?.[1]), Number(kernel?.[2])];
    const old = major < OLDEST_KERNEL[0] || (major === OLDEST_KERNEL[0] && minor < OLDEST_KERNEL[1]);
    const narrow = facts.info?.get('arch_bits') === '32';
    return {
      findings: [
        ...(kernel !== null && old
          ? [
              {
                rule: 'audit.misconfigured.kernel',
                title: 'Its kernel is of a branch that gets no fixes upstream',
                severity: 'info',
                stage: 'execution',
                attack: ['T1068'],
                why: 'Whoever runs code in Redis needs only a known flaw of the kernel to own the host. Distributions carry fixes into old numbers: ask yours.',
                advice:
                  'On the host: uname -a, and whether the distribution still supports it\nPlan the upgrade of the host',
                evidence: [{ event: 'INFO server', field: 'os', excerpt: printable(os, 80) }],
              } as const,
            ]
          : []),
        ...(narrow
          ? [
              {
                rule: 'audit.misconfigured.narrow-build',
                title: 'A build of 32 bits',
                severity: 'low',
                stage: 'execution',
                attack: ['T1190'],
                why: 'Lengths overflow sooner: several flaws exist in builds of 32 bits only, and its memory ends at 4 GB.',
                advice: 'Install the build of 64 bits; the dump file is the same',
                evidence: [{ event: 'INFO server', field: 'arch_bits', excerpt: '32' }],
              } as const,
            ]
          : []),
      ],
    };
  },
};
