/** Raised with every change of the tables: a store of another version is made again. */
export const STORE_VERSION = 1;

/**
 * `events`: one row an event of the journal. `act` is its JSON as the journal has it, each byte above ASCII being a
 * character; the columns derived from it are there to be counted by.
 * `progress`: one row a whole batch; what is in `events` beyond the last one is half a batch, and is removed at the next
 * start.
 */
export const TABLES: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS events (
  seq UInt64 CODEC(Delta, ZSTD(1)),
  time DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
  vantage LowCardinality(String),
  sensor LowCardinality(String),
  session String CODEC(ZSTD(1)),
  peer Tuple(address String, port UInt16),
  country LowCardinality(String),
  asn UInt32,
  network LowCardinality(String),
  act String CODEC(ZSTD(1)),
  type LowCardinality(String) DEFAULT simpleJSONExtractString(act, 'type'),
  command LowCardinality(String) DEFAULT if(type = 'redis.command', simpleJSONExtractString(act, 'name'), '')
) ENGINE = MergeTree PARTITION BY toDate(time) ORDER BY (time, seq)`,
  `CREATE TABLE IF NOT EXISTS progress (
  journal String, version UInt32, through UInt64, events UInt64, at DateTime64(3, 'UTC')
) ENGINE = MergeTree ORDER BY through`,
];
