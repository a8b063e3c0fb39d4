import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';

/** For tests of formats: a finding of an audit. */
export function exampleFinding(given: Partial<JudgedFinding> = {}): JudgedFinding {
  return {
    id: 'audit.exposed.bind@192.0.2.7:6379',
    rule: 'audit.exposed.bind',
    check: 'audit.exposed.bind',
    title: 'It listens on every interface',
    axis: 'exposed',
    severity: 'high',
    stage: 'access',
    attack: ['T1190'],
    why: 'Whoever has a route can talk to it.',
    advice: 'In redis.conf: bind 127.0.0.1 -::1\nAt once: redis-cli -h 192.0.2.7 CONFIG SET bind "127.0.0.1"',
    time: Date.UTC(2026, 10, 1),
    vantage: 'audit',
    sensor: 'audit',
    session: 'audit-1',
    peer: { address: '192.0.2.7', port: 6_379 },
    evidence: [{ event: 'CONFIG GET bind', field: 'value', excerpt: '*' }],
    fingerprint: '0123456789abcdef0123456789abcdef',
    ...given,
  };
}

/** For tests of formats: the report of an open server. */
export function exampleReport(given: Partial<JudgedReport> = {}): JudgedReport {
  const no = { answer: 'no', because: 'The test says so.' } as const;
  return {
    target: 'redis://192.0.2.7:6379',
    kind: 'server',
    depth: 'L4',
    rung: 'exposed',
    outcome: 'audited',
    time: Date.UTC(2026, 10, 1),
    ms: 7,
    server: { engine: 'redis', version: '7.4.11', os: 'Linux', role: 'master', runId: '', keys: 3 },
    axes: {
      exposed: { answer: 'yes', because: 'It listens on every interface.' },
      infected: no,
      leaking: no,
      vulnerable: no,
      misconfigured: no,
    },
    findings: [exampleFinding()],
    checks: [
      {
        id: 'audit.exposed.bind',
        axis: 'exposed',
        result: 'found',
      },
      {
        id: 'audit.exposed.open-users',
        axis: 'exposed',
        result: 'not-tested',
        because: 'ACL LIST: refused',
      },
      { id: 'audit.misconfigured.logging', axis: 'misconfigured', result: 'clear' },
    ],
    campaigns: [],
    counts: { keysSeen: 3, valuesRead: 3, maliciousKeys: 0, maliciousValues: 0 },
    notTested: [],
    commandsSent: { ping: 1, info: 1 },
    ...given,
  };
}

/** All that a hostile server may try to say in one text. */
export const HOSTILE_TEXT =
  '</script><script>globalThis.owned=1</script><img src=x onerror="globalThis.owned=1">]]>"\'`\u001B[2J\u0000\u0007\nforged{line="1"} 1\u202Eevil\ufffe\ud800';

/** A report in which every text is hostile. */
export function hostileReport(): JudgedReport {
  const text = HOSTILE_TEXT;
  return exampleReport({
    target: `redis://192.0.2.7:6379/${text}`,
    message: text,
    outcome: 'partial',
    server: { engine: text, version: text, os: text, role: text, runId: text, keys: 1 },
    axes: {
      ...exampleReport().axes,
      infected: { answer: 'yes', because: text },
    },
    campaigns: [{ id: text, title: text, because: text }],
    notTested: [text],
    findings: [
      exampleFinding({
        title: `=cmd|' /C calc'!A0 ${text}`,
        why: text,
        advice: `At once: redis-cli ${text}`,
        evidence: [{ event: `db0/${text}`, field: text, excerpt: `=1+1 ${text}` }],
        accepted: { reason: text, expires: '2027-01-31', by: text },
      }),
      exampleFinding({ rule: 'redis.cron-download', axis: 'infected', severity: 'critical', title: text }),
    ],
  });
}
