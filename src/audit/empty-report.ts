import type { AuditDepth, AuditReport, AxisVerdict, Outcome, SubjectKind } from '../model/audit-report.ts';

/** The report of a server that could not be asked; what its silence or refusal tells goes into `exposed`. */
export function emptyReport(
  target: string,
  outcome: Outcome,
  message: string,
  time: number,
  ms: number,
  commandsSent: Readonly<Record<string, number>>,
  depth: AuditDepth = 'L4',
  kind: SubjectKind = 'server',
): AuditReport {
  const hidden: AxisVerdict = { answer: 'not-visible', because: REASONS[outcome] };
  return {
    target,
    kind,
    outcome,
    message,
    depth,
    rung: LOCKED[outcome] === undefined ? 'unknown' : 'closed',
    time,
    ms,
    axes: {
      exposed: LOCKED[outcome] ?? hidden,
      infected: hidden,
      leaking: hidden,
      vulnerable: hidden,
      misconfigured: hidden,
    },
    findings: [],
    checks: [],
    campaigns: [],
    counts: { keysSeen: 0, valuesRead: 0, maliciousKeys: 0, maliciousValues: 0 },
    notTested: [`everything: ${REASONS[outcome]}`],
    commandsSent,
  };
}

/** Outcomes that say that a Redis is there and keeps strangers out. */
const LOCKED: Readonly<Partial<Record<Outcome, AxisVerdict>>> = {
  'auth-required': { answer: 'no', because: 'Reachable, but locked: it asks for a password.' },
  protected: {
    answer: 'no',
    because: 'Reachable, but protected mode turns away everybody who comes from elsewhere.',
  },
};

const REASONS: Readonly<Record<Outcome, string>> = {
  audited: 'Nothing was asked.',
  partial: 'The audit was stopped.',
  refused: 'Nothing let us in there.',
  unreachable: 'It cannot be reached from here.',
  timeout: 'It did not answer.',
  'not-redis': 'It is not a Redis.',
  'tls-required': 'It wants TLS, or a certificate from us.',
  'auth-required': 'It needs a password.',
  protected: 'Protected mode turned us away.',
  busy: 'It was too busy to answer.',
  'protocol-fault': 'It broke the protocol.',
  endless: 'Its answers never ended.',
  'bad-target': 'It is not a target.',
};
