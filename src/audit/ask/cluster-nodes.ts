import type { ByteString } from '../../model/bytes.ts';
import { isHost } from './replica-remarks.ts';

export interface ClusterNode {
  readonly id: string;
  /** Empty: the node does not know its own address, it is the one that was asked. */
  readonly host: string;
  readonly port: number;
  readonly primary: boolean;
  /** Of a replica: the node it copies. */
  readonly copies: string | undefined;
}

const MOST_NODES = 1_000;
const LONGEST_LINE = 4_096;
/** Flags of nodes that nobody can talk to, or that nobody has met yet. */
const ABSENT = ['noaddr', 'handshake', 'fail'];

/**
 * CLUSTER NODES: `id host:port@bus[,name] flags primary ...`, a line a node. Nodes that are marked as failed or have no
 * address are left out.
 *
 * @param byName prefer the name a node announces (7.0 and later): certificates are made out to names.
 */
export function readClusterNodes(text: ByteString, byName: boolean): ClusterNode[] {
  const nodes: ClusterNode[] = [];
  for (let at = 0; at < text.length && nodes.length < MOST_NODES; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    const node = nodeOf(line.slice(0, LONGEST_LINE), byName);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function nodeOf(line: ByteString, byName: boolean): ClusterNode | undefined {
  const [id = '', place = '', flagText = '', primary = ''] = line.split(' ', 4);
  const flags = flagText.split(',');
  if (!/^[0-9a-f]{40}$/.test(id) || flags.some((flag) => ABSENT.includes(flag))) return undefined;
  const [address = '', ...announced] = place.split(',');
  const [socket = ''] = address.split('@');
  const colon = socket.lastIndexOf(':');
  const port = Number(socket.slice(colon + 1));
  if (colon < 0 || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  const [name = ''] = announced;
  const host = byName && name !== '' && !name.includes('=') && isHost(name) ? name : socket.slice(0, colon);
  if (host !== '' && !isHost(host)) return undefined;
  const isPrimary = flags.includes('master');
  return { id, host, port, primary: isPrimary, copies: isPrimary ? undefined : primary };
}
