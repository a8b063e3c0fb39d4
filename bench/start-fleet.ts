import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RealRedis } from '../test/peers/redis-server.ts';
import { startRedis } from '../test/peers/redis-server.ts';
import { fillModel } from './fleet-models.ts';

/** The fleet in a process of its own, and the real servers it answers as. */
export async function startFleet(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const models: Record<'locked' | 'clean' | 'infected', RealRedis> = {
    locked: await startRedis('--requirepass', 'bench'),
    clean: await startRedis(),
    infected: await startRedis(),
  };
  for (const name of ['clean', 'infected'] as const) await fillModel(models[name].client, name);
  const ports = Object.values(models).map(({ port }) => String(port));
  const fleet = fork(join(import.meta.dirname, 'audit.ts'), ['serve', ...ports]);
  const [port] = (await once(fleet, 'message')) as [number];
  return {
    port,
    stop: async () => {
      fleet.disconnect();
      for (const model of Object.values(models)) await model.stop();
    },
  };
}
