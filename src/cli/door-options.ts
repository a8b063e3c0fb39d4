import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { Door } from '../sensors/doors.ts';
import { ownCertificate } from './certificate.ts';
import type { Context } from './context.ts';
import { parseEndpoint } from './endpoint.ts';
import { Complaint } from './exit.ts';
import { collect } from './options.ts';

/** Further ways into the sensor: TLS, and a balancer that speaks the PROXY protocol. */
export interface DoorOptions {
  readonly tls?: readonly string[];
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly proxy?: readonly string[];
  readonly proxyFrom?: readonly string[];
}

const TLS_PORT = 6380;
const PROXY_PORT = 6381;
/** Balancers stand next to the sensor; anyone else could claim any address. */
const NEAR = ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

export function addDoorOptions(command: Command): Command {
  return command
    .option('--tls <host:port>', `listen for TLS too, may be repeated (usual port: ${TLS_PORT})`, collect)
    .option('--tls-cert <file>', 'certificate in PEM (default: a self-signed one, made once)')
    .option('--tls-key <file>', 'its private key in PEM')
    .option(
      '--proxy <host:port>',
      'listen for a balancer that tells the true address (PROXY protocol v1 and v2), may be repeated',
      collect,
    )
    .addOption(
      new Option(
        '--proxy-from <range>',
        'addresses of balancers, may be repeated (default: loopback and private networks)',
      ).argParser(collect),
    );
}

export async function doorsOf(options: DoorOptions, data: string, context: Context): Promise<Door[]> {
  const tls = (options.tls ?? []).map((text) => parseEndpoint(text, TLS_PORT));
  const proxy = (options.proxy ?? []).map((text) => parseEndpoint(text, PROXY_PORT));
  const doors: Door[] = [];
  if (tls.length > 0) {
    const pair = givenPair(options) ?? (await ownCertificate(data, context));
    doors.push(...tls.map((at) => ({ kind: 'tls', ...at, ...pair }) as const));
  }
  if (proxy.length > 0) {
    const from = rangesOf(options.proxyFrom ?? NEAR);
    doors.push(...proxy.map((at) => ({ kind: 'proxy', ...at, from }) as const));
  }
  return doors;
}

function givenPair({ tlsCert, tlsKey }: DoorOptions): { key: string; cert: string } | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new Complaint(
      'A certificate needs its key.',
      'Give both --tls-cert FILE and --tls-key FILE, or neither.',
    );
  }
  return { cert: pem(tlsCert), key: pem(tlsKey) };
}

function pem(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Complaint(`Cannot read ${path}: ${reason}.`, 'Name a PEM file that this user can read.');
  }
  if (!text.includes('-----BEGIN ')) {
    throw new Complaint(
      `${path} is not in PEM.`,
      'Convert it: openssl x509 -inform der -in FILE (or openssl pkey).',
    );
  }
  return text;
}

function rangesOf(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address);
    const length = bits === undefined ? (family === 6 ? 128 : 32) : Number(bits);
    if (family === 0 || !/^\d{1,3}$/.test(bits ?? '0') || length > (family === 6 ? 128 : 32)) {
      throw new Complaint(`'${text.slice(0, 60)}' is no address range.`, 'Write CIDR, such as 10.0.0.0/8.');
    }
    list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
