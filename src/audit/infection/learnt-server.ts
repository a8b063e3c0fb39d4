import { createHash } from 'node:crypto';
import { printable } from '../../model/printable.ts';
import type { ServerFacts } from '../server-facts.ts';
import type { LearntIndex } from './learnt.ts';
import { isKnownModule } from './learnt.ts';
import type { LearntGround } from './learnt-ground.ts';
import { learntGround } from './learnt-ground.ts';
import { hostOfClient, isElsewhere, isThrowaway, masterOf } from './server-traces.ts';

/** Its master, modules, functions and clients, against what visitors gave our sensors. */
export function learntOfServer(index: LearntIndex, facts: ServerFacts): LearntGround[] {
  return [
    ...learntMaster(index, facts),
    ...learntModules(index, facts),
    ...learntFunctions(index, facts),
    ...learntClients(index, facts),
  ];
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

/** Code can be anybody's: a visitor may load a published library into a sensor. A reason to read it, no proof. */
function learntFunctions(index: LearntIndex, { libraries }: ServerFacts): LearntGround[] {
  return (libraries ?? []).flatMap(({ name, code }) => {
    if (code === undefined) return [];
    const indicator = index.get('script', createHash('sha1').update(code, 'latin1').digest('hex'));
    if (indicator === undefined) return [];
    const what = `the code of the function library ${printable(name, 60)}`;
    return [learntGround('script', false, 'FUNCTION LIST', what, [indicator], [])];
  });
}

const MOST_CLIENTS = 20;

/** A visitor of a sensor that is connected here as well; behind one address may be many. */
function learntClients(index: LearntIndex, { clients }: ServerFacts): LearntGround[] {
  const hosts = new Set(
    (clients ?? []).filter(({ self }) => !self).map(({ address }) => hostOfClient(address)),
  );
  return [...hosts]
    .flatMap((host) => {
      const indicator = index.get('address', host);
      if (indicator === undefined) return [];
      return [
        learntGround('client', false, 'CLIENT LIST', `the client ${printable(host, 60)}`, [indicator], []),
      ];
    })
    .slice(0, MOST_CLIENTS);
}
