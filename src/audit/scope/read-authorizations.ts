import type { SourceFile, YamlFile } from '../../detect/yaml-file.ts';
import { readYaml } from '../../detect/yaml-file.ts';
import { printableText } from '../../model/printable.ts';
import type { Authorization, AuthorizationEntry } from './authorization.ts';
import { AuthorizationFile, endOf, portPairs, startOf } from './authorization.ts';
import type { Cidr } from './cidr.ts';
import { parseCidr } from './cidr.ts';
import type { HostPattern } from './host-pattern.ts';
import { parseHostPattern } from './host-pattern.ts';

/** What an authorisation file allows: blocks and names, each with its entry. */
export interface Allowed {
  readonly authorization: Authorization;
  readonly blocks: readonly Cidr[];
  readonly names: readonly HostPattern[];
}

export interface ScopeFault {
  /** `FILE: line 12 (authorizations.0.ranges.1)` and what is wrong there. */
  readonly fault: string;
  readonly remedy: string;
}

const DOCS =
  'docs/authorization.md lists the fields; sundew audit --print-authorization RANGE writes one to fill in.';

/** Reads one file; the first thing wrong with it refuses the whole: half a permission is none. */
export function readAuthorizations(source: SourceFile): readonly Allowed[] | ScopeFault {
  const file = readYaml(source);
  if ('message' in file) {
    return { fault: `${file.path}: ${file.where}: ${file.message}.`, remedy: file.remedy };
  }
  const parsed = AuthorizationFile.safeParse(file.value);
  if (!parsed.success) {
    const issue =
      parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0];
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const at = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
    return faultAt(file, at, unknown === undefined ? (issue?.message ?? '') : `unknown field '${unknown}'`);
  }
  const all: Allowed[] = [];
  for (const [index, entry] of parsed.data.authorizations.entries()) {
    const read = readEntry(file, entry, index, source.path);
    if ('fault' in read) return read;
    all.push(read);
  }
  return all;
}

function readEntry(
  file: YamlFile,
  entry: AuthorizationEntry,
  index: number,
  path: string,
): Allowed | ScopeFault {
  const at = ['authorizations', index];
  const from = startOf(entry.validFrom);
  const until = endOf(entry.validTo);
  if (Number.isNaN(from)) return faultAt(file, [...at, 'validFrom'], `${entry.validFrom} is no day`);
  if (Number.isNaN(until)) return faultAt(file, [...at, 'validTo'], `${entry.validTo} is no day`);
  if (until <= from) return faultAt(file, [...at, 'validTo'], 'it ends before it begins');
  const ports = portPairs(entry.ports);
  const wrong = ports.find(([first, last]) => first < 1 || last > 65_535 || first > last);
  if (wrong !== undefined) return faultAt(file, [...at, 'ports'], `${wrong.join('-')} is no range of ports`);
  const blocks: Cidr[] = [];
  const names: HostPattern[] = [];
  for (const [place, text] of entry.ranges.entries()) {
    const block = parseCidr(text);
    const name = block === undefined ? parseHostPattern(text) : undefined;
    if (block !== undefined && 'fault' in block) {
      return faultAt(file, [...at, 'ranges', place], `${printableText(text, 60)}: ${block.fault}`);
    }
    if (block?.bits === 0) {
      return faultAt(file, [...at, 'ranges', place], `${text} is the whole Internet, which nobody can allow`);
    }
    if (block !== undefined) blocks.push(block);
    else if (name !== undefined) names.push(name);
    else {
      const shown = printableText(text, 60);
      return faultAt(file, [...at, 'ranges', place], `'${shown}' is no address, block or host name`);
    }
  }
  const where = file.fault(at, '', '').where;
  const { owner, contact, reference, depth, validFrom, validTo } = entry;
  return {
    authorization: {
      owner,
      contact,
      reference,
      depth,
      from,
      until,
      validFrom,
      validTo,
      ports,
      where: `${path}: ${where.split(' (')[0]}`,
    },
    blocks,
    names,
  };
}

function faultAt(file: YamlFile, at: readonly PropertyKey[], message: string): ScopeFault {
  const { path, where } = file.fault(at, message, '');
  return { fault: `${path}: ${where}: ${printableText(message, 300)}.`, remedy: DOCS };
}
