-- Imports that were taken back. The latest row of an import decides.
CREATE TABLE IF NOT EXISTS fact_undo (
  import_id String,
  recorded_at DateTime64(6, 'UTC'),
  undone UInt8
) ENGINE = ReplacingMergeTree ORDER BY (import_id, recorded_at);

-- Every row of every file as it stood, whether it became a fact or was refused: what a wrong mapping is repaired from.
CREATE TABLE IF NOT EXISTS import_row (
  import_id String,
  file_id String,
  row_number UInt64,
  raw Array(String),
  outcome LowCardinality(String),
  fact LowCardinality(String),
  column LowCardinality(String),
  reason String
) ENGINE = ReplacingMergeTree ORDER BY (import_id, file_id, row_number);

-- Which shard a node is: one row, written when the node is migrated.
CREATE TABLE IF NOT EXISTS shard_self (shard UInt32) ENGINE = ReplacingMergeTree ORDER BY tuple();
