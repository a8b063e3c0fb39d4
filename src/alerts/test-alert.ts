import type { Finding } from '../model/finding.ts';
import type { Alert } from './alert.ts';
import { gather } from './gathered.ts';

/** An alert that says of itself that nothing has happened. */
export function testAlert(channel: string, now: number): Alert {
  const finding: Finding = {
    id: 'sundew.test@test',
    rule: 'sundew.test',
    title: 'A test of the alerts',
    axis: 'infected',
    severity: 'info',
    stage: 'reconnaissance',
    attack: [],
    why: 'Somebody ran sundew alerts test.',
    advice: 'Nothing.',
    time: now,
    vantage: 'sensor',
    sensor: 'test',
    session: 'test',
    peer: { address: '192.0.2.1', port: 0 },
    evidence: [],
  };
  return { rule: 'test', kind: 'test', gathered: gather(finding, undefined), to: [channel] };
}
