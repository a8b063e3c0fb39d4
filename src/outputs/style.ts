import { styleText } from 'node:util';
import type { Severity } from '../model/severity.ts';

type Look = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

/** Colours, or none: the caller knows whether a terminal reads it. */
export interface Style {
  (look: Look, text: string): string;
}

export const plain: Style = (_, text) => text;
export const coloured: Style = (look, text) => styleText(look, text, { validateStream: false });

const SEVERITY_LOOK: Readonly<Record<Severity, Look>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
};

export function severityText(severity: Severity, style: Style): string {
  return style(SEVERITY_LOOK[severity], severity);
}
