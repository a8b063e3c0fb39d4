import { describe, expect, test } from 'vitest';
import type { ActOf } from '../model/act.ts';
import type { Event } from '../model/event.ts';
import { createCrsDetector } from './detector.ts';
import { loadCrs } from './load.ts';

const RULES = `SecRule ARGS "@rx attack" "id:942100,msg:'SQL',tag:'attack-sqli',tag:'paranoia-level/1',severity:'CRITICAL'"
SecRule ARGS "@rx attack" "id:942101,msg:'SQL',tag:'attack-sqli',tag:'paranoia-level/2'"
SecRule &REQUEST_HEADERS:Host "@eq 0" "id:920280,msg:'No host',tag:'attack-protocol',severity:'WARNING'"`;

function detector() {
  return createCrsDetector(
    loadCrs({ files: [{ name: 'REQUEST-942.conf', text: RULES }], data: () => undefined }, undefined),
  );
}

function event(target: string, more: Partial<ActOf<'http.request'>> = {}, session = 's1'): Event {
  return {
    id: 'e1',
    time: 1,
    vantage: 'sensor',
    sensor: 'web',
    session,
    peer: { address: '192.0.2.1', port: 4000 },
    act: {
      type: 'http.request',
      method: 'GET',
      target,
      version: '1.1',
      headers: [['Host', 'x']],
      body: '',
      status: 200,
      ...more,
    },
  };
}

describe('findings of the Core Rule Set', () => {
  test('one a session and rule at level 1; higher levels are evidence', () => {
    const crs = detector();
    const first = crs.observe(event('/?q=attack%07'));
    expect(first.findings).toMatchObject([
      {
        id: 'crs-942100@s1',
        rule: 'crs-942100',
        severity: 'high',
        attack: ['T1190'],
        evidence: [{ event: 'e1', field: 'ARGS:q', excerpt: 'attack\\x07' }],
      },
    ]);
    expect(first.detections.map(({ rule, paranoia }) => [rule, paranoia])).toEqual([
      [942100, 1],
      [942101, 2],
    ]);
    expect(crs.observe(event('/?q=attack')).findings).toEqual([]);
    expect(crs.observe(event('/?q=attack')).detections).toHaveLength(2);
    expect(crs.observe(event('/?q=attack', {}, 's2')).findings).toHaveLength(1);
  });

  test('a log without headers does not show that one is missing', () => {
    const crs = detector();
    expect(crs.observe(event('/', { headers: [], lacks: ['headers'] })).findings).toEqual([]);
    expect(crs.observe(event('/', { headers: [] })).findings).toHaveLength(1);
  });

  test('other acts are none of its business', () => {
    const act = {
      type: 'session.closed',
      reason: 'visitor',
      commands: 0,
      bytesIn: 0,
      bytesOut: 0,
      ms: 1,
    } as const;
    expect(detector().observe({ ...event('/'), act })).toEqual({ detections: [], findings: [] });
  });
});
