import type { ByteString } from '../model/bytes.ts';
import type { Group } from './keyspace.ts';
import { GroupKeyspace } from './keyspace.ts';
import type { Layer } from './layer.ts';
import { memoryLimit } from './memory-limit.ts';
import type { World } from './world.ts';

/** What each group of visitors has for itself: changing it shuts nobody else out and shows nobody else anything. */
const OWN = [
  'databases',
  'config',
  'commands',
  'spellings',
  'modules',
  'files',
  'scripts',
  'master',
  'lockedSince',
  'replId',
  'formerReplId',
  'memoryLimit',
  'acl',
  'pause',
] as const satisfies readonly (keyof World)[];
type Own = Pick<World, (typeof OWN)[number]>;

/** The world as one group of visitors sees it. While one of its commands runs, the world's fields are the group's. */
export interface View {
  /** See `groupName`. */
  readonly name: string;
  readonly group: Group;
  /** The world's fields while another group has its turn. */
  own: Own;
  /** Connections that are open. */
  clients: number;
  /** Milliseconds since 1970 UTC when a connection was last opened or closed. */
  seen: number;
}

/** Groups that are remembered; beyond that the one that has been away longest is forgotten. */
const MOST_GROUPS = 512;
/** How long a group that is away is remembered. */
const REMEMBERED_MS = 86_400_000;

/** Visitors that are one: a network of 256 addresses in IPv4 and a /48 in IPv6, and the own machine. */
export function groupName(address: string): string {
  if (address === '::1' || address.startsWith('127.')) return 'loopback';
  if (!address.includes(':')) return address.slice(0, address.lastIndexOf('.'));
  const [head = '', tail] = address.toLowerCase().split('::');
  const [front, back] = [head, tail ?? ''].map((half) => half.split(':').filter((part) => part !== '')) as [
    string[],
    string[],
  ];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(zeros).fill('0'), ...back];
  return groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** The view of the group that an address belongs to, made when there is none. */
export function viewFor(world: World, address: string): View {
  const name = groupName(address);
  const now = world.clock.now();
  const known = world.views.get(name);
  if (known !== undefined) return known;
  forgetOld(world, now);
  return restoreView(world, name, world.nextGroup++, now);
}

/** The view of a group that was there before, or is new. */
export function restoreView(world: World, name: string, number: number, seen: number): View {
  const group: Group = { number, writing: false };
  const view: View = { name, group, own: freshState(world, group), clients: 0, seen };
  world.views.set(name, view);
  return view;
}

/** Gives the world's fields to this group. To be called before anything runs in the name of one of its clients. */
export function enter(world: World, view: View): void {
  if (world.view === view) return;
  world.view.own = take(world);
  Object.assign(world, view.own);
  world.view = view;
}

/** Frees memory by forgetting groups that are away, the longest away first, until `enough` says so. */
export function relieve(world: World, enough: () => boolean): void {
  for (const view of byAbsence(world)) {
    if (enough()) return;
    forget(world, view, true);
  }
}

function forgetOld(world: World, now: number): void {
  const away = byAbsence(world);
  for (const view of away) {
    if (world.views.size < MOST_GROUPS && now - view.seen < REMEMBERED_MS) return;
    forget(world, view, false);
  }
}

function byAbsence(world: World): View[] {
  return [...world.views.values()]
    .filter((view) => view.clients === 0 && view !== world.view)
    .toSorted((one, other) => one.seen - other.seen);
}

/** The group will see what everyone sees; with `all` also what it has put there for everyone goes. */
function forget(world: World, view: View, all: boolean): void {
  world.views.delete(view.name);
  view.own.master?.leave();
  for (const database of view.own.databases) {
    if (!(database instanceof GroupKeyspace)) continue;
    database.forget();
    if (all) database.common.dropAllOf(view.group.number);
  }
}

/** What a group finds when it first comes. */
export function freshState(
  world: Pick<World, 'baseConfig' | 'baseCommands' | 'baseReplId' | 'commons'>,
  group: Group,
): Own {
  const config = new Map<string, ByteString>(world.baseConfig);
  return {
    databases: world.commons.map((common: Layer) => new GroupKeyspace(common, group)),
    config,
    commands: new Map(world.baseCommands),
    spellings: new Map(
      [...world.baseCommands].flatMap(([name, command]) => [
        [name, command],
        [name.toUpperCase(), command],
      ]),
    ),
    modules: new Map(),
    files: new Map(),
    scripts: new Map(),
    master: undefined,
    lockedSince: undefined,
    replId: world.baseReplId,
    formerReplId: undefined,
    memoryLimit: memoryLimit(config),
    acl: undefined,
    pause: undefined,
  };
}

function take(world: World): Own {
  const { databases, config, commands, spellings, modules, files, scripts } = world;
  const { master, lockedSince, replId, formerReplId, memoryLimit: limit, acl, pause } = world;
  return {
    databases,
    config,
    commands,
    spellings,
    modules,
    files,
    scripts,
    master,
    lockedSince,
    replId,
    formerReplId,
    memoryLimit: limit,
    acl,
    pause,
  };
}
