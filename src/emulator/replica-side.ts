import { ownedBytes } from '../model/bytes.ts';
import type { Call } from './command.ts';
import type { Master, ReplicaSide } from './master-link.ts';
import { loadReceived } from './received-data.ts';
import { addReceivedFile, receivedPath } from './received-files.ts';
import { enter } from './views.ts';

/** One master's view of the pretended server, for the one who dials it: the server as the group sees it that named it. */
export function replicaSide(call: Call, master: Master): ReplicaSide {
  const { world, client } = call;
  const { view } = client;
  const { persona } = world;
  const current = (): boolean => (world.view === view ? world.master : view.own.master) === master;
  /** As the group has it, also when another group's command ran last. */
  const within = <T>(read: () => T): T => {
    enter(world, view);
    return read();
  };
  return {
    master,
    level: world.level,
    valkey: persona.engine === 'valkey' ? persona.version : undefined,
    port: world.port,
    replId: () => within(() => world.replId),
    setting: (name) => within(() => world.config.get(name) ?? ''),
    path: () => within(() => receivedPath(world)),
    received: (file, content) => {
      if (!current()) return false;
      enter(world, view);
      addReceivedFile(world, receivedPath(world), file);
      // As FLUSHALL of the one who named the master: a replica's old data go before the copy is looked at.
      const flush = world.commands.get('flushall');
      flush?.handler({ ...call, argv: ['FLUSHALL'], now: world.clock.now() });
      return content !== undefined && loadReceived(world, client, content);
    },
    joined: (replId, offset) => {
      if (!current()) return;
      enter(world, view);
      world.replId = ownedBytes(replId);
      const { link } = master;
      link.state = 'connected';
      link.transfer = undefined;
      link.lastIo = world.clock.now();
      link.downSince = undefined;
      link.offset = offset;
      link.readOffset = offset;
    },
  };
}
