import type { Reader, ReaderParts } from '../reader.ts';
import { addressText } from './address-text.ts';
import type { Conversation } from './conversation.ts';
import { createConversation } from './conversation.ts';
import { createPacketReader } from './packet-file.ts';
import type { TcpSegment } from './tcp-segment.ts';
import { tcpSegment } from './tcp-segment.ts';
import type { TcpStream } from './tcp-stream.ts';
import { createTcpStream } from './tcp-stream.ts';

interface Connection {
  readonly talk: Conversation;
  readonly visitor: TcpStream;
  readonly server: TcpStream;
  /** Sequence number of its SYN, when that was seen. */
  readonly syn: number | undefined;
  /** Who has said that nothing more comes, in that order. */
  readonly done: Set<'visitor' | 'server'>;
  /** The time of the packet at hand. */
  time: number;
  held: number;
}

/** What all connections together may hold; beyond it the ones that have been silent longest end. Bytes. */
const MOST_HELD = 134_217_728;
const MOST_ENDED = 10_000;

/** Reads a packet capture of the port that a Redis listens at. */
export function createPcapReader({ visits, times, report, port }: ReaderParts): Reader {
  const connections = new Map<string, Connection>();
  /** Keys of connections that have ended: what comes late or again for one opens no other. */
  const ended = new Set<string>();
  let held = 0;

  const close = (key: string, by: 'visitor' | 'server', time: number): void => {
    visits.close(key, by, time);
    ended.add(key);
    if (ended.size <= MOST_ENDED) return;
    for (const oldest of ended) {
      ended.delete(oldest);
      break;
    }
  };
  const open = (key: string, segment: TcpSegment, toServer: boolean, time: number): Connection => {
    const [peer, local] = toServer
      ? [
          { address: segment.source, port: segment.sourcePort },
          { address: segment.target, port: segment.targetPort },
        ]
      : [
          { address: segment.target, port: segment.targetPort },
          { address: segment.source, port: segment.sourcePort },
        ];
    const leaving = (): void => {
      const connection = connections.get(key);
      if (connection === undefined) return;
      connections.delete(key);
      connection.visitor.end();
      connection.server.end();
      connection.talk.end(connection.time);
      held -= connection.held;
    };
    const visit = visits.open(
      key,
      {
        peer: { ...peer, address: addressText(peer.address) },
        local: { ...local, address: addressText(local.address) },
        leaving,
      },
      time,
    );
    const talk = createConversation(visit, segment.syn);
    const hole = (side: 'visitor' | 'server') => (): void => {
      talk.hole(side);
      report.fault(`bytes of the ${side} are missing in front of it`);
    };
    const begun = segment.syn ? (segment.sequence + 1) >>> 0 : undefined;
    const connection: Connection = {
      talk,
      visitor: createTcpStream(
        toServer ? begun : undefined,
        (bytes) => talk.visitor(bytes, connection.time),
        hole('visitor'),
      ),
      server: createTcpStream(
        toServer ? undefined : begun,
        (bytes) => talk.server(bytes, connection.time),
        hole('server'),
      ),
      syn: toServer && segment.syn ? segment.sequence : undefined,
      done: new Set(),
      time,
      held: 0,
    };
    connections.set(key, connection);
    return connection;
  };
  const isTooMuch = (): boolean => held > MOST_HELD;
  const account = (connection: Connection): void => {
    const now = connection.talk.held + connection.visitor.waiting + connection.server.waiting;
    held += now - connection.held;
    connection.held = now;
    while (isTooMuch() && connections.size > 0) visits.endOldest();
  };

  return createPacketReader(report, ({ time: told, link, bytes }) => {
    const segment = tcpSegment(link, bytes);
    if (segment === undefined || (segment.targetPort !== port && segment.sourcePort !== port)) {
      report.notRedis++;
      return;
    }
    const time = times.possible(told);
    const { source, sourcePort, target, targetPort, sequence, payload } = segment;
    const toServer = targetPort === port;
    const key = toServer ? `${source} ${sourcePort} ${target}` : `${target} ${targetPort} ${source}`;
    visits.find(key, time);
    const before = connections.get(key);
    const isNew = toServer && segment.syn && before?.syn !== sequence;
    if (segment.syn) ended.delete(key);
    if (before === undefined && !segment.syn && (payload.length === 0 || ended.has(key))) {
      report.ignored++;
      return;
    }
    const connection = before === undefined || isNew ? open(key, segment, toServer, time) : before;
    const side = toServer ? 'visitor' : 'server';
    connection.time = time;
    connection[side].add((sequence + (segment.syn ? 1 : 0)) >>> 0, payload);
    if (segment.fin) connection.done.add(side);
    const [by = side] = connection.done;
    if (segment.rst || connection.done.size === 2) close(key, by, time);
    else account(connection);
  });
}
