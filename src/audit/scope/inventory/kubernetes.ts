import type { InventoryReader, ListedServer } from './inventory.ts';
import { at, fields, list, port, text } from './json-shapes.ts';
import { isRedisPort, isRedisWord, isTlsWord } from './redis-look.ts';

/**
 * `kubectl get svc,endpoints,endpointslices,pods -A -o json`. Pods and endpoints are the servers; a service is asked at
 * its cluster address only when the export names neither, and always where it faces outside. Field names: the API
 * reference of Kubernetes (v1 Service, Endpoints, Pod; discovery.k8s.io/v1 EndpointSlice).
 */
export const readKubernetes: InventoryReader = (document) => {
  const kind = text(at(document, 'kind'));
  const items = kind === 'List' ? list(at(document, 'items')) : [document];
  if (!items.some((item) => KINDS.has(text(at(item, 'kind'))) && at(item, 'metadata') !== undefined))
    return undefined;
  const inside = items.flatMap((item) => [...pod(item), ...endpoints(item), ...slice(item)]);
  const services = items.filter((item) => text(at(item, 'kind')) === 'Service');
  const outside = services.flatMap((item) => service(item, facing(item)));
  const cluster = inside.length > 0 ? [] : services.flatMap((item) => service(item, clusterAddresses(item)));
  const passedOver =
    inside.length > 0 ? services.flatMap((item) => service(item, clusterAddresses(item))).length : 0;
  return {
    servers: [...inside, ...outside, ...cluster],
    notes:
      passedOver === 0 ? [] : [`${passedOver} cluster addresses of services: their pods are asked instead`],
  };
};

const KINDS = new Set(['Service', 'Endpoints', 'EndpointSlice', 'Pod']);

function pod(item: unknown): ListedServer[] {
  const host = text(at(item, 'status', 'podIP'));
  if (text(at(item, 'kind')) !== 'Pod' || host === '') return [];
  return list(at(item, 'spec', 'containers')).flatMap((container) => {
    const named = isRedisWord(text(at(container, 'image')));
    const ports = list(at(container, 'ports')).flatMap((one) => {
      const number = port(at(one, 'containerPort'));
      const name = text(at(one, 'name'));
      if (number === undefined || isBeside(name, number)) return [];
      return isRedisPort(number) || (named && isRedisName(name))
        ? [{ host, port: number, tls: isTlsWord(name), name: nameOf(item) }]
        : [];
    });
    // An image that names no port listens on the usual one.
    if (ports.length === 0 && named) return [{ host, port: 6_379, tls: false, name: nameOf(item) }];
    return ports;
  });
}

function endpoints(item: unknown): ListedServer[] {
  if (text(at(item, 'kind')) !== 'Endpoints') return [];
  return list(at(item, 'subsets')).flatMap((subset) =>
    list(at(subset, 'addresses')).flatMap((address) =>
      serving(item, at(subset, 'ports'), text(at(address, 'ip'))),
    ),
  );
}

function slice(item: unknown): ListedServer[] {
  if (text(at(item, 'kind')) !== 'EndpointSlice') return [];
  return list(at(item, 'endpoints')).flatMap((endpoint) =>
    list(at(endpoint, 'addresses')).flatMap((host) => serving(item, at(item, 'ports'), text(host))),
  );
}

function service(item: unknown, hosts: readonly string[]): ListedServer[] {
  return hosts.flatMap((host) => serving(item, at(item, 'spec', 'ports'), host));
}

function serving(item: unknown, ports: unknown, host: string): ListedServer[] {
  if (host === '') return [];
  return list(ports).flatMap((one) => {
    const number = port(at(one, 'port'));
    const name = text(at(one, 'name'));
    if (number === undefined || isBeside(name, number)) return [];
    const target = port(at(one, 'targetPort'));
    const telling =
      isRedisPort(number) ||
      (target !== undefined && isRedisPort(target)) ||
      isRedisName(name) ||
      (isRedisItem(item) && list(ports).length === 1);
    return telling ? [{ host, port: number, tls: isTlsWord(name), name: nameOf(item) }] : [];
  });
}

/** Metrics, the bus of a cluster, a Sentinel: beside the server, not it. */
function isBeside(name: string, number: number): boolean {
  return (
    /(metrics|http|bus|gossip|sentinel)/.test(name.toLowerCase()) || number === 26_379 || number === 16_379
  );
}

function isRedisName(name: string): boolean {
  return isRedisWord(name);
}

function isRedisItem(item: unknown): boolean {
  const labels = fields(at(item, 'metadata', 'labels'));
  return [at(item, 'metadata', 'name'), labels['app.kubernetes.io/name'], labels['app']].some((word) =>
    isRedisWord(text(word)),
  );
}

function clusterAddresses(item: unknown): string[] {
  const all = [at(item, 'spec', 'clusterIP'), ...list(at(item, 'spec', 'clusterIPs'))].map(text);
  return [...new Set(all)].filter((address) => address !== '' && address !== 'None');
}

/** Where a service is reached from outside the cluster. */
function facing(item: unknown): string[] {
  const ingress = list(at(item, 'status', 'loadBalancer', 'ingress')).map(
    (one) => text(at(one, 'ip')) || text(at(one, 'hostname')),
  );
  return [...list(at(item, 'spec', 'externalIPs')).map(text), ...ingress].filter((host) => host !== '');
}

function nameOf(item: unknown): string {
  const namespace = text(at(item, 'metadata', 'namespace')) || 'default';
  return `${text(at(item, 'kind')).toLowerCase()} ${namespace}/${text(at(item, 'metadata', 'name'))}`;
}
