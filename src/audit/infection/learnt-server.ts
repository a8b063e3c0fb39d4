import { isIP } from 'node:net';
import { printable } from '../../model/printable.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { LearntIndex } from './learnt.ts';
import { isKnownModule } from './learnt.ts';
import type { LearntGround } from './learnt-ground.ts';
import { learntGround } from './learnt-ground.ts';
import { isPublic, isThrowaway, masterOf } from './server-traces.ts';

/** Its master and its modules, against what visitors gave our sensors. */
export function learntOfServer(index: LearntIndex, facts: ServerFacts): LearntGround[] {
  return [...learntMaster(index, facts), ...learntModules(index, facts)];
}

/** Ports that honest masters listen on: a visitor may name anybody's. */
const USUAL_PORT = /^(6379|638\d|26379|700\d)$/;

function learntMaster(index: LearntIndex, { info }: ServerFacts): LearntGround[] {
  const master = masterOf(info);
  if (master === undefined) return [];
  const place = `${master.host}:${master.port}`;
  const indicator = index.get('endpoint', place);
  if (indicator === undefined) return [];
  const strong = isElsewhere(master.host) && !USUAL_PORT.test(String(master.port));
  const what = `its master ${printable(place)}`;
  const rung = strong ? 'tampered' : 'attacked';
  return [{ ...learntGround('master', strong, 'INFO replication', what, [indicator], []), rung }];
}

/** A public address, or a name of the public name space: `redis-master` is somebody else in every network. */
function isElsewhere(host: string): boolean {
  if (isIP(host) !== 0) return isPublic(host);
  return (
    host.includes('.') &&
    !/\.(local|internal|intranet|intra|private|corp|lan|home|localdomain|svc|arpa|test)\.?$/.test(host)
  );
}

/** A module that lies where packages put theirs, or that is published under this name, is not an attacker's for its name. */
function learntModules(index: LearntIndex, { modules }: ServerFacts): LearntGround[] {
  return (modules ?? []).flatMap(({ name, path }) => {
    const file = path?.slice(path.lastIndexOf('/') + 1);
    const indicator =
      index.get('module', name) ?? (file === undefined ? undefined : index.get('module', file));
    if (indicator === undefined) return [];
    const strong = path === undefined ? !isKnownModule(name) : isThrowaway(path);
    const what = `the module ${printable(name, 60)}`;
    const rung = strong ? 'executed' : 'attacked';
    return [{ ...learntGround('module', strong, 'MODULE LIST', what, [indicator], []), rung }];
  });
}
