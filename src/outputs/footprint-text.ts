import type { AuditReport } from '../model/audit-report.ts';
import { durationText } from './times.ts';

/** What the audit left behind, in one line. */
export function footprintText({ commandsSent, ms, footprint, kind }: AuditReport): string {
  if (kind !== 'server') return `read in ${durationText(ms)}; nothing was sent anywhere`;
  const sent = Object.values(commandsSent).reduce((total, count) => total + count, 0);
  const parts = [`${sent} read-only commands in ${durationText(ms)}`];
  if (footprint !== undefined) {
    const { connections, bytesSent, bytesReceived, dataUnchanged } = footprint;
    parts.push(`${connections} connection${connections === 1 ? '' : 's'}`);
    parts.push(`${bytesSent} bytes sent, ${bytesReceived} received`);
    if (dataUnchanged !== undefined)
      parts.push(dataUnchanged ? 'its data is unchanged' : 'its data changed meanwhile, not by us');
  }
  return parts.join('; ');
}
