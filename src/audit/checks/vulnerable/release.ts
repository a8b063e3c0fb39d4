import type { Check } from '../../check.ts';
import { builtBy } from '../../vulnerable/built-by.ts';
import { isCandidate } from '../../vulnerable/version.ts';
import { nameOf } from './flaw-findings.ts';

/**
 * Reads: INFO server (engine, version, build), HELLO is not needed. Which engine, release and package it is decides
 * what its number is worth.
 */
export const release: Check = {
  id: 'audit.vulnerable.release',
  axis: 'vulnerable',
  title: 'A release runs, and it can be told which',
  reads: ['INFO server', 'redis_build_id', 'RDB redis-ver', 'RDB valkey-ver'],
  depth: 'L1',
  run: ({ facts, vulnerabilities }) => {
    const { engine, info } = facts;
    if (engine === undefined) {
      const why = facts.subject.kind === 'server' ? 'INFO is not visible' : 'no dump was given';
      return { findings: [], unseen: [`its version: ${why}`] };
    }
    const unstable = engine.version.startsWith('255.');
    const dirty = info?.get('redis_git_dirty') ?? '0';
    const what =
      unstable || /\bdev\b/.test((info?.get('valkey_release_stage') ?? '').slice(0, 20))
        ? 'the unstable branch'
        : engine.parsed !== undefined && isCandidate(engine.parsed)
          ? 'a release candidate'
          : dirty !== '0' && builtBy(vulnerabilities, facts).by === 'upstream'
            ? 'a build of changed sources'
            : undefined;
    if (what === undefined) return { findings: [] };
    return {
      findings: [
        {
          rule: 'audit.vulnerable.release',
          title: `${nameOf(engine)} is ${what}`,
          severity: what === 'a build of changed sources' ? 'info' : 'low',
          stage: 'execution',
          attack: ['T1190'],
          why: 'Fixes are made for releases. Whether this build has them, its number does not say.',
          advice: 'Run a release in production',
          evidence: [
            { event: 'INFO server', field: 'version', excerpt: `${engine.name} ${engine.version}` },
            { event: 'INFO server', field: 'redis_git_dirty', excerpt: dirty.slice(0, 20) },
          ],
          decides: false,
        },
      ],
    };
  },
};
