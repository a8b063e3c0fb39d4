import { readAnsible } from './ansible.ts';
import { readCacheClusters, readMemoryDb, readReplicationGroups, readServerlessCaches } from './aws.ts';
import { readAzure } from './azure.ts';
import { readDocker } from './docker.ts';
import { readGoogle } from './google.ts';
import type { Inventory, InventoryReader } from './inventory.ts';
import { readKubernetes } from './kubernetes.ts';
import { readMasscan } from './masscan.ts';
import { readNmap } from './nmap.ts';
import { readPlainList } from './plain-list.ts';

/** In this order: the first that knows its own takes the document. */
const READERS: readonly (readonly [string, InventoryReader])[] = [
  ['Kubernetes', readKubernetes],
  ['ElastiCache', readCacheClusters],
  ['ElastiCache', readReplicationGroups],
  ['ElastiCache', readServerlessCaches],
  ['MemoryDB', readMemoryDb],
  ['Ansible', readAnsible],
  ['Docker', readDocker],
  ['Azure', readAzure],
  ['Google Cloud', readGoogle],
  ['masscan', readMasscan],
  ['list', readPlainList],
];
const KNOWN =
  'Known are: kubectl get -o json, aws elasticache and memorydb describe-..., az redis list, gcloud redis instances list --format json, docker inspect, ansible-inventory --list, nmap -oX, masscan -oJ, and [{"host": ..., "port": ..., "tls": ...}].';

/** Recognises an export by what is in it. */
export function readInventory(
  file: string,
  text: string,
): Inventory | { readonly fault: string; readonly remedy: string } {
  if (text.trimStart().startsWith('<')) {
    return readNmap(text) ?? { fault: `${file} is XML, but not of nmap.`, remedy: KNOWN };
  }
  const document = readJson(text);
  if (document === undefined) return { fault: `${file} is neither JSON nor XML of nmap.`, remedy: KNOWN };
  for (const [kind, reader] of READERS) {
    const found = reader(document.value);
    if (found !== undefined) return { kind, ...found };
  }
  // Every tool prints an empty list when there is nothing.
  if (Array.isArray(document.value) && document.value.length === 0)
    return { kind: 'list', servers: [], notes: [] };
  return { fault: `${file} is no export that is known.`, remedy: KNOWN };
}

function readJson(text: string): { readonly value: unknown } | undefined {
  // Older masscan leaves a comma behind the last element.
  const end = text.trimEnd();
  const body = end.endsWith(']') ? end.slice(0, -1).trimEnd() : end;
  for (const one of [text, body.endsWith(',') ? `${body.slice(0, -1)}]` : text]) {
    try {
      const value: unknown = JSON.parse(one);
      return { value };
    } catch {
      // Not this way.
    }
  }
  return undefined;
}
