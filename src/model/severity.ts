import { z } from 'zod';

export const Severity = z.enum(['info', 'low', 'medium', 'high', 'critical']);
export type Severity = z.infer<typeof Severity>;

/** How far an attack has come. Ordered: a later stage needs the earlier ones. */
export const Stage = z.enum(['reconnaissance', 'access', 'tampering', 'execution', 'persistence', 'impact']);
export type Stage = z.infer<typeof Stage>;

/** The five questions the audit answers about a server. */
export const Axis = z.enum(['exposed', 'infected', 'leaking', 'vulnerable', 'misconfigured']);
export type Axis = z.infer<typeof Axis>;

/** A MITRE ATT&CK technique or sub-technique id. */
export const Technique = z.string().regex(/^T\d{4}(\.\d{3})?$/, 'an ATT&CK id such as T1053.003');
export type Technique = z.infer<typeof Technique>;

export function severityRank(severity: Severity): number {
  return Severity.options.indexOf(severity);
}

export function stageRank(stage: Stage): number {
  return Stage.options.indexOf(stage);
}
