import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Parameters, QueryLimits, Row, StoreEngine } from './store-engine.ts';
import { DASHBOARD_LIMITS, StoreError } from './store-engine.ts';

/** Queries and statements by the official client, whatever it is connected to. */
export function clientEngine(client: ClickHouseClient): StoreEngine {
  const run = async <T>(job: () => Promise<T>): Promise<T> => {
    try {
      return await job();
    } catch (error) {
      throw storeError(error);
    }
  };
  return {
    insert: (table, lines) =>
      run(async () => {
        const { stream } = await client.exec({
          query: `INSERT INTO ${table} FORMAT JSONEachRow`,
          values: Readable.from([lines]),
          clickhouse_settings: INSERT_SETTINGS,
        });
        stream.resume();
        await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
      }),
    query: (sql, parameters: Parameters = {}, { seconds, bytes }: QueryLimits = DASHBOARD_LIMITS) =>
      run(async () => {
        const answer = await client.query({
          query: sql,
          format: 'JSONEachRow',
          query_params: { ...parameters },
          clickhouse_settings: {
            readonly: '2',
            max_execution_time: seconds,
            max_memory_usage: String(bytes),
            output_format_json_quote_64bit_integers: 0,
          },
        });
        return await answer.json<Row>();
      }),
    command: (sql) => run(async () => void (await client.command({ query: sql }))),
    close: () => client.close(),
  };
}

/** Objects within a line become text (the act), unknown members (the checksum) are passed over. */
export const INSERT_SETTINGS = {
  input_format_skip_unknown_fields: 1,
  input_format_json_read_objects_as_strings: 1,
  max_partitions_per_insert_block: '0',
} as const;

function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const said = error instanceof Error ? error.message : String(error);
  const [first = ''] = said.split('\n');
  return new StoreError(`The store could not do it: ${first.slice(0, 500)}`, remedyOf(said), {
    cause: error,
  });
}

function remedyOf(said: string): string {
  if (/lock file|CANNOT_OPEN_FILE.*status|already (in use|bound)/i.test(said)) {
    return 'Another process has the store open (sundew up?): stop it first.';
  }
  if (/NOT_ENOUGH_SPACE|No space left|ENOSPC/i.test(said)) return 'Free the disk.';
  if (/TIMEOUT_EXCEEDED|MEMORY_LIMIT/.test(said)) return 'Ask for a shorter time or fewer columns.';
  if (/readonly mode/.test(said)) return 'It is for reading: ask with SELECT.';
  if (/SYNTAX_ERROR|Syntax error|UNKNOWN_IDENTIFIER|UNKNOWN_TABLE|UNKNOWN_FUNCTION/.test(said)) {
    return 'Mend the SQL; sundew store schema shows the tables.';
  }
  return 'If it goes on: sundew store rebuild makes it again from the journal.';
}
