import type { Inventory, ListedServer } from './inventory.ts';
import { port } from './json-shapes.ts';
import { otherPorts } from './masscan.ts';
import { isRedisPort } from './redis-look.ts';

/** A tag is short; one that is not is no nmap's. */
const LONGEST_TAG = 8_192;

/**
 * `nmap -oX FILE`. Reads tags only, by hand: no entities, no DTD, nothing that could unfold or reach out. Element names:
 * nmap.dtd (host, address, hostname, port, state, service).
 */
export function readNmap(xml: string): Inventory | undefined {
  if (!xml.slice(0, 4_096).includes('<nmaprun')) return undefined;
  const servers: ListedServer[] = [];
  let others = 0;
  let host = '';
  let name = '';
  let found: { port: number; open: boolean; service: string; tls: boolean } | undefined;
  for (const { element, attributes } of tags(xml)) {
    if (element === 'host') {
      host = '';
      name = '';
    } else if (element === 'address' && attributes.get('addrtype') !== 'mac')
      host ||= attributes.get('addr') ?? '';
    else if (element === 'hostname') name ||= attributes.get('name') ?? '';
    else if (element === 'port') {
      const number = attributes.get('protocol') === 'tcp' ? port(attributes.get('portid')) : undefined;
      found = number === undefined ? undefined : { port: number, open: false, service: '', tls: false };
    } else if (element === 'state' && found !== undefined) found.open = attributes.get('state') === 'open';
    else if (element === 'service' && found !== undefined) {
      found.service = attributes.get('name') ?? '';
      found.tls = attributes.get('tunnel') === 'ssl';
    } else if (element === '/port') {
      if (found?.open === true && host !== '') {
        if (found.service === 'redis' || isRedisPort(found.port)) {
          servers.push({ host, port: found.port, tls: found.tls, name });
        } else others++;
      }
      found = undefined;
    }
  }
  return { kind: 'nmap', servers, notes: otherPorts(others) };
}

interface Tag {
  readonly element: string;
  readonly attributes: ReadonlyMap<string, string>;
}

function* tags(xml: string): Generator<Tag> {
  let at = xml.indexOf('<');
  while (at >= 0) {
    // Comments may hold anything, also what looks like a tag.
    const isComment = xml.startsWith('<!--', at);
    const end = isComment ? xml.indexOf('-->', at) : xml.indexOf('>', at);
    if (end < 0) return;
    if (!isComment && end - at <= LONGEST_TAG) yield readTag(xml.slice(at + 1, end));
    at = xml.indexOf('<', end);
  }
}

function readTag(tag: string): Tag {
  const attributes = new Map<string, string>();
  const [, element = ''] = /^(\/?[a-z]{1,40})/.exec(tag) ?? [];
  for (const [, name = '', value = ''] of tag.matchAll(/([a-z_]{1,40})="([^"]{0,512})"/g)) {
    attributes.set(name, value);
  }
  return { element, attributes };
}
