import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { ByteString } from '../../model/bytes.ts';
import { printableText } from '../../model/printable.ts';
import { parseInfo } from '../../redis/info.ts';
import type { Reply } from '../../wire/reply.ts';
import type { FunctionLibrary, LoadedModule, ServerFacts } from '../server-facts.ts';
import type { Version } from '../vulnerable/server-version.ts';
import { compareVersions, identifyEngine } from '../vulnerable/server-version.ts';
import { parseAclUser } from './acl-user.ts';
import type { ReadableSetting } from './allowed.ts';
import { CLIENT_NAME, COMMANDS_ASKED_ABOUT, DRY_RUNS, READABLE_SETTINGS } from './allowed.ts';
import type { AuditConnection } from './connection.ts';
import { ConversationEnded } from './conversation-ended.ts';
import type { Greeting } from './greet.ts';
import { errorOf, fieldsOf, itemsOf, numberOf, textOf, textsOf } from './reply-values.ts';
import type { AuditTarget } from './target.ts';

type Question = readonly [name: string, argv: readonly ByteString[]];

/** Asks the server what it is and how it is set up: three batches, whatever the server holds. */
export async function gatherFacts(
  connection: AuditConnection,
  target: AuditTarget,
  greeting: Greeting,
  depth: AuditDepth,
): Promise<ServerFacts> {
  const reaches = (wanted: AuditDepth): boolean => depthRank(depth) >= depthRank(wanted);
  if (!reaches('L1')) return bareFacts(connection, target, greeting);
  const [, infoReply] = await connection.ask([
    ['CLIENT', 'SETNAME', CLIENT_NAME],
    ['INFO', 'all'],
  ]);
  const info = readInfo(infoReply, target, greeting);
  const engine = info === undefined ? undefined : identifyEngine(info);
  // Compatible engines follow the numbers of Redis; Valkey began at 7.2.
  const since = (version: Version): boolean =>
    engine?.parsed === undefined || compareVersions(engine.parsed, version) >= 0;
  const questions: Question[] = !reaches('L2')
    ? since([6, 0, 0])
      ? [['ACL WHOAMI', ['ACL', 'WHOAMI']]]
      : []
    : [
        ...READABLE_SETTINGS.map((name): Question => [name, ['CONFIG', 'GET', name]]),
        ...(since([4, 0, 0]) ? [['MODULE LIST', ['MODULE', 'LIST']] as const] : []),
        ...(since([2, 8, 13])
          ? [['COMMAND INFO', ['COMMAND', 'INFO', ...COMMANDS_ASKED_ABOUT]] as const]
          : []),
        ...(since([6, 0, 0])
          ? [['ACL WHOAMI', ['ACL', 'WHOAMI']] as const, ['ACL LIST', ['ACL', 'LIST']] as const]
          : []),
        ...(since([7, 0, 0]) ? [['FUNCTION LIST', ['FUNCTION', 'LIST']] as const] : []),
        ...(since([7, 2, 0]) ? [['CLIENT NO-TOUCH', ['CLIENT', 'NO-TOUCH', 'ON']] as const] : []),
      ];
  const replies = await connection.ask(questions.map(([, argv]) => argv));
  const answers = new Map(questions.map(([name], at) => [name, replies[at]]));
  const user = textOf(answers.get('ACL WHOAMI'));
  const permitted =
    since([7, 0, 0]) && reaches('L2') && user !== undefined ? await dryRuns(connection, user) : undefined;
  return {
    subject: { kind: 'server', ...target },
    address: connection.address,
    openWithoutLogin: greeting.openWithoutLogin,
    tls: connection.tls,
    info,
    engine,
    settings: readSettings(answers),
    user: user === undefined ? undefined : printableText(user, 80),
    users: textsOf(answers.get('ACL LIST'))?.flatMap((line) => parseAclUser(line) ?? []),
    modules: readModules(answers.get('MODULE LIST')),
    libraries: readLibraries(answers.get('FUNCTION LIST')),
    commands: readCommands(answers.get('COMMAND INFO')),
    permitted,
    slowCalls: undefined,
    deniedCalls: undefined,
    clients: undefined,
    otherPorts: undefined,
    hidden: new Map(),
    refused: refusals(answers),
  };
}

/** All that L0 tells: that something answered PING, and how it let us in. */
function bareFacts(connection: AuditConnection, target: AuditTarget, greeting: Greeting): ServerFacts {
  return {
    subject: { kind: 'server', ...target },
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
    hidden: new Map(),
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

function readSettings(
  answers: ReadonlyMap<string, Reply | undefined>,
): ReadonlyMap<ReadableSetting, ByteString> | undefined {
  const settings = new Map<ReadableSetting, ByteString>();
  let answered = false;
  for (const name of READABLE_SETTINGS) {
    const texts = textsOf(answers.get(name));
    answered ||= texts !== undefined;
    // A server that answers another name than the one asked is not believed.
    if (texts?.[0]?.toLowerCase() === name && texts[1] !== undefined)
      settings.set(name, texts[1].slice(0, 4_096));
  }
  // The name before Redis 5.
  const before = settings.get('slave-read-only');
  if (before !== undefined && !settings.has('replica-read-only')) settings.set('replica-read-only', before);
  return answered ? settings : undefined;
}

const MOST_MODULES = 200;

function readModules(reply: Reply | undefined): readonly LoadedModule[] | undefined {
  return itemsOf(reply)
    ?.slice(0, MOST_MODULES)
    .flatMap((item) => {
      const fields = fieldsOf(item);
      const name = textOf(fields?.get('name'));
      if (name === undefined) return [];
      const path = textOf(fields?.get('path'));
      return [
        {
          name: name.slice(0, 256),
          version: numberOf(fields?.get('ver')) ?? 0,
          path: path === undefined || path === '' ? undefined : path.slice(0, 4_096),
        },
      ];
    });
}

function readLibraries(reply: Reply | undefined): readonly FunctionLibrary[] | undefined {
  return itemsOf(reply)
    ?.slice(0, MOST_MODULES)
    .flatMap((item) => {
      const name = textOf(fieldsOf(item)?.get('library_name'))?.slice(0, 256);
      return name === undefined ? [] : [{ name }];
    });
}

/** COMMAND INFO answers null for a command that does not exist, or not under this name. */
function readCommands(reply: Reply | undefined): ReadonlySet<string> | undefined {
  const items = itemsOf(reply);
  if (items === undefined) return undefined;
  return new Set(COMMANDS_ASKED_ABOUT.filter((_, at) => (itemsOf(items[at]) ?? []).length > 0));
}

async function dryRuns(
  connection: AuditConnection,
  user: ByteString,
): Promise<ReadonlySet<string> | undefined> {
  const replies = await connection.ask(DRY_RUNS.map((run) => ['ACL', 'DRYRUN', user.slice(0, 256), ...run]));
  if (replies.every((reply) => reply.kind === 'error')) return undefined;
  return new Set(DRY_RUNS.flatMap((run, at) => (textOf(replies[at]) === 'OK' ? [run[0] ?? ''] : [])));
}

function refusals(answers: ReadonlyMap<string, Reply | undefined>): string[] {
  const names = [...answers].flatMap(([name, reply]) => {
    const error = errorOf(reply);
    return error === undefined || name === 'CLIENT NO-TOUCH' ? [] : [{ name, error }];
  });
  const settings = names.filter(({ name }) => name === name.toLowerCase());
  return [
    ...(settings.length > 0 ? [`CONFIG GET (${settings[0]?.error ?? ''})`] : []),
    ...names.filter(({ name }) => name !== name.toLowerCase()).map(({ name, error }) => `${name} (${error})`),
  ];
}
