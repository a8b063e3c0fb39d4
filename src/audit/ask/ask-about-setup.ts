import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import type { FactPart, LoadedModule, ServerFacts } from '../server-facts.ts';
import type { Version } from '../vulnerable/server-version.ts';
import { parseAclUser } from './acl-user.ts';
import type { OptIns } from './allowed.ts';
import type { AuditConnection } from './connection.ts';
import type { DryRuns } from './dry-runs.ts';
import { dryRuns } from './dry-runs.ts';
import type { Part } from './questions.ts';
import { questionsFor } from './questions.ts';
import { readClients } from './read-clients.ts';
import { readDeniedCalls, readSlowCalls } from './read-logs.ts';
import { readCommands, readLibraries, readModuleCommands, readModules } from './read-modules.ts';
import { allSettings } from './read-settings.ts';
import { isOlder } from './release.ts';
import { errorOf, textsOf } from './reply-values.ts';
import { isWeakPasswordHash } from './weak-password.ts';

type SetupFacts = Pick<ServerFacts, Part | 'permitted'>;

export interface Setup {
  readonly facts: SetupFacts;
  readonly hidden: ReadonlyMap<FactPart, string>;
  readonly refused: readonly string[];
}

/** What of the server is known by now. */
interface Known {
  readonly release: Version | undefined;
  readonly info: ServerFacts['info'];
  /** The name of the ACL user we are, as bytes. */
  readonly user: ByteString | undefined;
  readonly optIns: OptIns | undefined;
}

const MOST_USERS = 1_000;

/** Depth L2: settings, users, modules, functions, logs and clients. What may not be asked is not asked. */
export async function askAboutSetup(connection: AuditConnection, known: Known): Promise<Setup> {
  const { release, info, optIns } = known;
  const hidden = new Map<FactPart, string>();
  const refused = new Map<string, string>();
  const runs = await whatIsPermitted(connection, known, hidden);
  const questions = questionsFor(release, info, optIns).flatMap((question) => {
    const why = 'hidden' in question ? question.hidden : runs.denied.get(question.part);
    if (why === undefined) return 'argv' in question ? [question] : [];
    hidden.set(question.part, why);
    if ('argv' in question) refused.set(nameOf(question.argv), why);
    return [];
  });
  const replies = await connection.ask([
    ...(isOlder(release, [7, 2, 0]) || runs.denied.has('noTouch') ? [] : [['CLIENT', 'NO-TOUCH', 'ON']]),
    ...(info?.get('cluster_enabled') === '1' && info.get('role') === 'slave' ? [['READONLY']] : []),
    ...questions.map(({ argv }) => argv),
  ]);
  const answers = new Map(
    questions.map(({ part }, at) => [part, replies[replies.length - questions.length + at]] as const),
  );
  for (const { part, argv } of questions) {
    const error = errorOf(answers.get(part));
    if (error === undefined) continue;
    hidden.set(part, error);
    refused.set(nameOf(argv), error);
  }
  const settings = answers.has('settings')
    ? await allSettings(connection, answers.get('settings'))
    : undefined;
  if (settings !== undefined) {
    hidden.delete('settings');
    refused.delete('CONFIG GET');
  }
  const modules = readModules(answers.get('modules'));
  const facts: SetupFacts = {
    settings,
    users: textsOf(answers.get('users'))
      ?.slice(0, MOST_USERS)
      .flatMap((line) => parseAclUser(line, isWeakPasswordHash) ?? []),
    modules:
      modules === undefined || isOlder(release, [7, 0, 0]) || runs.denied.has('moduleCommands')
        ? modules
        : await withCommands(connection, modules),
    libraries: readLibraries(answers.get('libraries')),
    commands: readCommands(answers.get('commands')),
    permitted: runs.permitted,
    slowCalls: readSlowCalls(answers.get('slowCalls')),
    deniedCalls: readDeniedCalls(answers.get('deniedCalls')),
    clients: readClients(answers.get('clients')),
  };
  if (optIns?.functionCode !== true) hidden.set('code', 'not asked: --function-code reads it');
  else if (facts.libraries === undefined) hidden.set('code', hidden.get('libraries') ?? NO_ANSWER);
  explainTheRest(facts, answers, hidden);
  return {
    facts,
    hidden,
    refused: [...refused].map(([name, why]) => `${name} (${why})`),
  };
}

const NO_ANSWER = 'the server answered something else than was asked';

/** No part stays undefined without a reason. */
function explainTheRest(
  facts: SetupFacts,
  answers: ReadonlyMap<Part, Reply | undefined>,
  hidden: Map<FactPart, string>,
): void {
  for (const part of answers.keys())
    if (facts[part] === undefined && !hidden.has(part)) hidden.set(part, NO_ANSWER);
}

async function whatIsPermitted(
  connection: AuditConnection,
  { release, user }: Known,
  hidden: Map<FactPart, string>,
): Promise<DryRuns> {
  const none: DryRuns = { permitted: undefined, refused: undefined, denied: new Map() };
  if (isOlder(release, [7, 0, 0]) || user === undefined) {
    hidden.set(
      'permitted',
      user === undefined ? 'which user we are is not visible' : 'this release has no ACL DRYRUN',
    );
    return none;
  }
  const runs = await dryRuns(connection, user);
  if (runs.permitted === undefined) hidden.set('permitted', runs.refused ?? NO_ANSWER);
  return runs;
}

const MOST_ASKED = 50;

/** The commands a module brings tell what it is for (Redis 7.0 and later). */
async function withCommands(
  connection: AuditConnection,
  modules: readonly LoadedModule[],
): Promise<readonly LoadedModule[]> {
  const asked = modules.slice(0, MOST_ASKED);
  if (asked.length === 0) return modules;
  const replies = await connection.ask(
    asked.map(({ name }) => ['COMMAND', 'LIST', 'FILTERBY', 'MODULE', name]),
  );
  return modules.map((module, at) => {
    const commands = readModuleCommands(replies[at]);
    return commands === undefined ? module : { ...module, commands };
  });
}

/** `CONFIG GET` of a question with its arguments. */
function nameOf(argv: readonly ByteString[]): string {
  return argv.slice(0, 2).join(' ');
}
