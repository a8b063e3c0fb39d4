import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printable } from '../../model/printable.ts';
import { parseInfo } from '../../redis/info.ts';
import type { Reply } from '../../wire/reply.ts';
import type { FactPart, ServerFacts } from '../server-facts.ts';
import { identifyEngine } from '../vulnerable/server-version.ts';
import { CLIENT_NAME } from './allowed.ts';
import { askAboutSetup } from './ask-about-setup.ts';
import type { AuditConnection } from './connection.ts';
import { ConversationEnded } from './conversation-ended.ts';
import type { Greeting } from './greet.ts';
import { otherPorts } from './other-ports.ts';
import { isOlder, releaseOf } from './release.ts';
import { replicaRemarks } from './replica-remarks.ts';
import { errorOf, textOf } from './reply-values.ts';
import type { AuditTarget } from './target.ts';

/** What every server is asked at depth L1. */
export const FIRST_QUESTIONS: readonly (readonly ByteString[])[] = [
  ['CLIENT', 'SETNAME', CLIENT_NAME],
  ['INFO', 'all'],
  ['ACL', 'WHOAMI'],
];

/** Parts that need depth L2. */
const DEEPER: readonly FactPart[] = [
  'settings',
  'users',
  'modules',
  'libraries',
  'code',
  'commands',
  'permitted',
  'slowCalls',
  'deniedCalls',
  'clients',
  'otherPorts',
];

/**
 * Asks the server what it is and how it is set up, whatever it holds: at L0 nothing beyond the greeting, at L1 one
 * batch, at L2 two or three more.
 */
export async function gatherFacts(
  connection: AuditConnection,
  target: AuditTarget,
  greeting: Greeting,
  depth: AuditDepth,
): Promise<ServerFacts> {
  const bare = bareFacts(connection, target, greeting, depth);
  if (depthRank(depth) < depthRank('L1')) return bare;
  const [, infoReply, whoReply] = await connection.ask(FIRST_QUESTIONS);
  const info = await withKeyspace(connection, infoReply, readInfo(infoReply, target, greeting));
  const engine = info === undefined ? undefined : identifyEngine(info);
  const release = releaseOf({ engine, info });
  const user = textOf(whoReply);
  const hidden = new Map(bare.hidden);
  const refused: string[] = [];
  const infoError = errorOf(infoReply);
  if (infoError !== undefined) {
    hidden.set('info', infoError);
    refused.push(`INFO (${infoError})`);
  } else hidden.delete('info');
  const whoError = errorOf(whoReply);
  if (whoError !== undefined && !isOlder(release, [6, 0, 0])) refused.push(`ACL WHOAMI (${whoError})`);
  const known: ServerFacts = {
    ...bare,
    info,
    engine,
    user: user === undefined ? undefined : printable(user, 80),
    hidden,
    refused,
    remarks: replicaRemarks(info, target.tls),
  };
  if (depthRank(depth) < depthRank('L2')) return known;
  const asked = await askAboutSetup(connection, { release, info, user, optIns: target.optIns });
  for (const part of DEEPER) hidden.delete(part);
  for (const [part, why] of asked.hidden) hidden.set(part, why);
  const facts = { ...known, ...asked.facts, hidden, refused: [...refused, ...asked.refused] };
  return withOtherPorts(facts, target);
}

/**
 * The databases come last in INFO: where it is longer than is read, as after a flood of made-up errors (before 7.2.6),
 * they are asked for by themselves, or a server full of keys would look empty.
 */
async function withKeyspace(
  connection: AuditConnection,
  reply: Reply | undefined,
  info: ServerFacts['info'],
): Promise<ServerFacts['info']> {
  if (info === undefined || reply?.kind !== 'bulk' || reply.length === reply.text.length) return info;
  const [keyspace] = await connection.ask([['INFO', 'keyspace']]);
  return new Map([...info, ...parseInfo(textOf(keyspace) ?? '')]);
}

async function withOtherPorts(facts: ServerFacts, { optIns }: AuditTarget): Promise<ServerFacts> {
  const wanted = optIns?.probePorts !== false;
  const ports = wanted ? await otherPorts(facts) : undefined;
  if (ports !== undefined) return { ...facts, otherPorts: ports };
  const why = wanted ? 'there is no other port of it to try' : 'not tried: --no-probe-ports';
  return { ...facts, hidden: new Map([...facts.hidden, ['otherPorts', why]]) };
}

/** All that L0 tells: that something answered PING, and how it let us in. */
function bareFacts(
  connection: AuditConnection,
  target: AuditTarget,
  greeting: Greeting,
  depth: AuditDepth,
): ServerFacts {
  const { text, host, port, tls, user, password, socket, db } = target;
  const notAsked = (parts: readonly FactPart[]): [FactPart, string][] =>
    parts.map((part) => [part, `not asked at depth ${depth}`]);
  return {
    subject: {
      kind: 'server',
      text,
      host,
      port,
      tls,
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
      ...(socket === undefined ? {} : { socket }),
      ...(db === undefined ? {} : { db }),
    },
    address: connection.address,
    openWithoutLogin: greeting.openWithoutLogin,
    tls: connection.tls,
    info: undefined,
    engine: undefined,
    settings: undefined,
    user: undefined,
    users: undefined,
    modules: undefined,
    libraries: undefined,
    commands: undefined,
    permitted: undefined,
    slowCalls: undefined,
    deniedCalls: undefined,
    clients: undefined,
    otherPorts: undefined,
    hidden: new Map([
      ...notAsked(['info', ...DEEPER]),
      ...(tls ? [] : ([['tls', 'the connection is plain']] as [FactPart, string][])),
    ]),
    refused: [],
  };
}

/** INFO decides whether this is a Redis at all, when PING has not. */
function readInfo(
  reply: Reply | undefined,
  target: AuditTarget,
  { redisLike }: Greeting,
): ReadonlyMap<string, ByteString> | undefined {
  const text = textOf(reply);
  const info = text === undefined ? undefined : parseInfo(text);
  if (info?.has('redis_version') === true || info?.has('redis_mode') === true) return info;
  if (redisLike && reply?.kind === 'error') return undefined;
  throw new ConversationEnded(
    'not-redis',
    `${target.text} speaks the protocol of Redis, but does not answer PING and INFO as one. Check the port.`,
  );
}
