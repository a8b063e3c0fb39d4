import { authorizationTemplate } from '../../audit/scope/authorization-template.ts';
import { parseCidr } from '../../audit/scope/cidr.ts';
import { parseHostPattern } from '../../audit/scope/host-pattern.ts';
import { printableText } from '../../model/printable.ts';
import { Complaint } from '../exit.ts';

/** An authorisation file for these ranges, for their owner to fill in. */
export function authorizationToFill(ranges: readonly string[], now: number): string {
  for (const range of ranges) {
    const block = parseCidr(range);
    const fault = block === undefined ? parseHostPattern(range) === undefined : 'fault' in block;
    if (!fault) continue;
    const why =
      block !== undefined && 'fault' in block ? block.fault : 'it is no address, block or host name';
    throw new Complaint(
      `'${printableText(range, 80)}' cannot be authorised: ${why}.`,
      'For example: sundew audit --print-authorization 192.0.2.0/24',
    );
  }
  return authorizationTemplate(ranges, now);
}
