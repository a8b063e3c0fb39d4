import { isIP } from 'node:net';
import type { Evidence } from '../../model/finding.ts';
import { printable } from '../../model/printable.ts';
import { severityRank } from '../../model/severity.ts';
import type { AuditView } from '../check.ts';
import type { ServerFacts } from '../server-facts.ts';
import { isKnownModule } from './learnt.ts';
import { placeOfCall } from './log-traces.ts';
import { noteIsAll } from './note-is-all.ts';
import { isElsewhere, masterOf } from './server-traces.ts';
import { isShellCommand } from './shell-command.ts';
import { statisticsOf, tally } from './statistics.ts';
import type { Ground, TraceSource } from './trace.ts';

/** A ground that no single act is, but several sources together; each names what it joins. */
export interface JoinedGround extends Ground {
  /** The check that reports it. */
  readonly source: TraceSource;
  /** Last part of the finding's rule: `audit.infected.NAME`. */
  readonly name: string;
  readonly title: string;
  readonly why: string;
  readonly attack: readonly string[];
  readonly evidence: readonly Evidence[];
}

export type Joint = (view: AuditView) => JoinedGround | undefined;

/** Only combinations that no single honest habit explains: what is weak alone is not made strong by being many. */
export function joinedGrounds(view: AuditView): readonly JoinedGround[] {
  const before = joined.get(view);
  if (before !== undefined) return before;
  const grounds = JOINTS.flatMap((joint) => joint(view) ?? []);
  joined.set(view, grounds);
  return grounds;
}

/** Every check of the axis asks, and the verdict: they are joined once for each view. */
const joined = new WeakMap<AuditView, readonly JoinedGround[]>();

/** A module brings a command that runs what it is given. Its name and its path may be anything. */
const shellModule: Joint = ({ facts }) => {
  for (const { name, commands = [] } of facts.modules ?? []) {
    const command = commands.find(isShellCommand);
    if (command === undefined) continue;
    const [module, shown] = [printable(name, 60), printable(command, 60)];
    return {
      source: 'modules',
      name: 'shell-module',
      strong: true,
      rung: 'executed',
      because: `the module ${module} brings the command ${shown}`,
      title: 'A module that runs commands of the system is loaded',
      why: `The module ${module} brings ${shown}: whoever may call it runs programs on the host. No published module of Redis does that.`,
      attack: ['T1190', 'T1129', 'T1059.004'],
      evidence: [{ event: `COMMAND LIST FILTERBY MODULE ${module}`, field: 'command', excerpt: shown }],
    };
  }
  return undefined;
};

/** The module's file lies where the dump file is written: replication put it there. */
const moduleBesideDump: Joint = ({ facts }) => {
  const dir = facts.settings?.get('dir')?.replace(/\/+$/, '');
  if (dir === undefined || dir === '') return undefined;
  for (const { name, path } of facts.modules ?? []) {
    const inDump = path?.startsWith(`${dir}/`) === true && !path.slice(dir.length + 1).includes('/');
    if (!inDump || isKnownModule(name)) continue;
    const place = printable(path, 120);
    return {
      source: 'modules',
      name: 'module-beside-dump',
      strong: true,
      rung: 'executed',
      because: `the module ${printable(name, 60)} was loaded from the folder of the dump file (${place})`,
      title: 'A module was loaded from the folder of the dump file',
      why: 'A master that is not yours can leave any file there, and nobody installs a module into it.',
      attack: ['T1190', 'T1129', 'T1105'],
      evidence: [{ event: `MODULE LIST ${printable(name, 60)}`, field: 'path', excerpt: place }],
    };
  }
  return undefined;
};

/** The command was there to be run, or it would not be in the log of what ran slowly. */
const shellCall: Joint = ({ facts }) => {
  const call = facts.slowCalls?.find(({ argv }) => isShellCommand(argv[0] ?? ''));
  if (call === undefined) return undefined;
  return {
    source: 'logs',
    name: 'shell-call',
    strong: true,
    rung: 'executed',
    because: `a command of the system ran through a module (${placeOfCall(call)})`,
    title: 'A command of an attack module stands in the slow log',
    why: 'The slow log holds what has run. Commands of this name hand their argument to a shell.',
    attack: ['T1190', 'T1129', 'T1059.004'],
    evidence: [
      { event: placeOfCall(call), field: 'args', excerpt: printable(call.argv.slice(1).join(' '), 200) },
    ],
  };
};

/**
 * A master was set and a module asked for, and no module is there now: the way of rogue masters, which clean up behind
 * them. Operators set masters, and some load modules; but theirs are still loaded, or were never refused.
 */
const takeover: Joint = ({ facts }) => {
  const statistics = statisticsOf(facts);
  const master = tally(statistics, 'slaveof', 'replicaof');
  const load = tally(statistics, 'module|load', 'module|loadex');
  const unload = tally(statistics, 'module|unload');
  if (master.calls === 0 || load.calls + load.refused === 0) return undefined;
  const modules = (facts.modules ?? []).filter(({ name }) => !isKnownModule(name));
  const gone = load.done > 0 && unload.done > 0 && modules.length === 0 && facts.modules !== undefined;
  // Who tries a module again until it loads has it now; takeovers change settings as well, to place the file.
  const added = facts.modules?.some(({ path }) => path !== undefined && path !== '');
  // Sentinel sets masters too, in a transaction with CONFIG REWRITE, and talks by PUBLISH all the time.
  const sentinel = ['publish', 'config|rewrite', 'exec'].every((name) => tally(statistics, name).done > 0);
  const aimed = tally(statistics, 'config|set').calls > 0;
  const tried = load.refused > 0 && added !== true && aimed;
  if (!gone && load.refused === 0) return undefined;
  const how = gone ? 'loaded and removed again' : 'asked for and refused';
  return {
    source: 'statistics',
    name: 'takeover',
    strong: sentinel ? gone && aimed : gone || tried,
    rung: gone ? 'executed' : 'attacked',
    because: `a master was set and a module ${how} (INFO commandstats)`,
    title: 'The counters tell of a takeover through a rogue master',
    why: `REPLICAOF was called ${master.calls} times and a module was ${how}. Rogue masters work so: the module comes as the data set, is loaded, used and removed, and only the counters stay.`,
    attack: ['T1190', 'T1129', 'T1070.004'],
    evidence: statistics
      .filter(({ command }) =>
        ['slaveof', 'replicaof', 'module|load', 'module|loadex', 'module|unload', 'config|set'].includes(
          command,
        ),
      )
      .map(({ command, calls, rejected, failed }) => ({
        event: `INFO commandstats ${printable(command, 60)}`,
        field: 'calls',
        excerpt: `calls ${calls}, rejected ${rejected}, failed ${failed}`,
      })),
  };
};

/** Ports on which masters of operators and of clouds listen. */
const USUAL_PORTS = /^(63\d\d|63\d\d\d|26379|700\d|1\d{4})$/;

const ODD_PORTS = (port: number): boolean => !USUAL_PORTS.test(String(port));
const TOOL_PORTS = (port: number): boolean =>
  [8_886, 21_000, 9_593, 6_123].includes(port) || (port >= 60_100 && port < 60_200);

/** A bare public address on an odd port, set while the server ran, that has never answered: its master is gone again. */
const deadMaster: Joint = ({ facts }) => {
  const master = masterOf(facts.info);
  if (master === undefined || !isElsewhere(master.host)) return undefined;
  // A name may be the operator's own: it takes a port that attack tools have by default.
  const odd = isIP(master.host) === 0 ? TOOL_PORTS : ODD_PORTS;
  if (!odd(master.port)) return undefined;
  const set = tally(statisticsOf(facts), 'slaveof', 'replicaof');
  const { info } = facts;
  const never = info?.get('master_link_status') === 'down' && !synchronised(info);
  if (set.calls === 0 || !never) return undefined;
  const place = printable(`${master.host}:${master.port}`, 80);
  return {
    source: 'replication',
    name: 'dead-master',
    strong: true,
    rung: 'tampered',
    because: `it was made a replica of ${place}, which has never answered (INFO replication)`,
    title: 'A public master on an uncommon port, set at run time, that never answered',
    why: `Its master is ${place}. It was set by command and has sent nothing yet: masters of attackers listen for minutes, on ports of their own.`,
    attack: ['T1190', 'T1565.001'],
    evidence: [{ event: 'INFO replication', field: 'master_host', excerpt: place }],
  };
};

function synchronised(info: ServerFacts['info']): boolean {
  const ago = Number(info?.get('master_last_io_seconds_ago') ?? -1);
  const offset = Number(info?.get('slave_repl_offset') ?? 0);
  return ago >= 0 || offset > 1;
}

/** What a rule holds to be a payload stands where honest text may stand; but dumps were aimed somewhere, refused, and saved. */
const payloadAndTries: Joint = ({ facts, ruleHits }) => {
  const payload = ruleHits.find(
    ({ rule, source, grounds }) =>
      source === 'values' &&
      rule.axis === 'infected' &&
      severityRank(rule.severity) >= severityRank('high') &&
      grounds.length > 0,
  );
  if (payload === undefined) return undefined;
  const statistics = statisticsOf(facts);
  const aimed = tally(statistics, 'config|set');
  const saved = tally(statistics, 'save', 'bgsave');
  const wiped = tally(statistics, 'flushall', 'flushdb');
  if (aimed.refused < 2 || saved.calls === 0 || wiped.calls === 0) return undefined;
  return {
    source: 'values',
    name: 'payload-and-tries',
    strong: true,
    rung: 'attacked',
    because: `${payload.grounds[0]?.because ?? payload.rule.title}, while the counters tell of a wipe, of refused changes of settings and of a save`,
    title: 'A payload, and the counters of the attack that goes with it',
    why: 'By itself the value could be text about attacks. But the data was deleted, settings were to be changed and refused, and the data was saved: what the file-write attack does, step by step.',
    attack: ['T1190', 'T1485'],
    evidence: [
      ...payload.evidence.slice(0, 5),
      {
        event: 'INFO commandstats config|set',
        field: 'failed',
        excerpt: `${aimed.refused} refused, ${saved.calls} saves, ${wiped.calls} wipes`,
      },
    ],
  };
};

/** Before 7.0 the counters lump MODULE LIST with MODULE LOAD and CONFIG GET with SET: a reason to ask, no more. */
const lumpedTakeover: Joint = ({ facts }) => {
  const statistics = statisticsOf(facts);
  const master = tally(statistics, 'slaveof', 'replicaof');
  const module = tally(statistics, 'module');
  if (master.calls < 2 || module.calls === 0 || tally(statistics, 'config').calls < 2) return undefined;
  return {
    source: 'statistics',
    name: 'takeover',
    strong: false,
    rung: 'attacked',
    because: 'masters were set, and modules and settings asked about or changed (INFO commandstats)',
    title: 'Counters as a takeover through a rogue master leaves them',
    why: 'It was made a replica and freed again, and MODULE and CONFIG were called. This release does not count their subcommands apart: Sentinel with a monitoring tool leaves the same.',
    attack: ['T1190', 'T1129'],
    evidence: [
      { event: 'INFO commandstats slaveof', field: 'calls', excerpt: String(master.calls) },
      { event: 'INFO commandstats module', field: 'calls', excerpt: String(module.calls) },
    ],
  };
};

const JOINTS: readonly Joint[] = [
  lumpedTakeover,
  shellModule,
  moduleBesideDump,
  shellCall,
  takeover,
  deadMaster,
  payloadAndTries,
  noteIsAll,
];
