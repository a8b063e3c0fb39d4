import { mkdir } from 'node:fs/promises';
import { clientEngine, INSERT_SETTINGS } from './clickhouse-engine.ts';
import type { StoreEngine } from './store-engine.ts';
import { StoreError } from './store-engine.ts';

/**
 * A ClickHouse within this process. One process a folder and one folder a process, says the library; a second one is told
 * so. Inserts have a connection of their own, for each connection does one thing at a time.
 *
 * @throws StoreError when the optional package is not there, or the folder cannot be used.
 */
export async function openChdb(folder: string): Promise<StoreEngine> {
  const { createChdbConnection, createClient } = await libraries();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const connect = () => createChdbConnection({ path: folder });
  const writing = connect();
  // The two packages each bring their own copy of the same types.
  const changing = clientEngine(createClient({ connection: writing as never }));
  // Settings of a query stay with its connection, read-only too.
  const asking = clientEngine(createClient({ connection: connect() as never }));
  const engine: StoreEngine = {
    query: (...question) => asking.query(...question),
    command: (sql) => changing.command(sql),
    insert: async (table, lines) => {
      // As bytes, which the engine reads with all its threads; through the client they would become a text first.
      await writing.chdb.rawInsert({
        table,
        values: lines,
        format: 'JSONEachRow',
        settings: { ...INSERT_SETTINGS },
      });
    },
    close: async () => {
      await changing.close();
      await asking.close();
    },
  };
  await engine.command('SELECT 1').catch(async (error: unknown) => {
    await engine.close().catch(() => undefined);
    throw error;
  });
  return engine;
}

async function libraries() {
  try {
    const [{ createChdbConnection }, { createClient }] = await Promise.all([
      import('chdb/connection'),
      import('@clickhouse/client'),
    ]);
    return { createChdbConnection, createClient };
  } catch (error) {
    throw new StoreError(
      'The packages of the store (chdb, @clickhouse/client) are not installed here.',
      'Install them with npm install --include=optional; there are builds for Linux with glibc and for macOS.',
      { cause: error },
    );
  }
}
