-- Targets, benchmarks and notes on the time axis: append-only versions, and the same rows while staged. A test holds this against the declarations.

CREATE TABLE IF NOT EXISTS fact_target (
  metric String,
  segment String,
  starts_on Date32,
  months Nullable(Decimal(38, 6)),
  value Nullable(Decimal(38, 6)),
  owner String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(segment), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(owner), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_target (
  metric String,
  segment String,
  starts_on Date32,
  months Nullable(Decimal(38, 6)),
  value Nullable(Decimal(38, 6)),
  owner String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(segment), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(owner), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_benchmark (
  metric String,
  statistic LowCardinality(String),
  value Nullable(Decimal(38, 6)),
  segment String,
  publisher String,
  year Nullable(Decimal(38, 6)),
  published_at DateTime64(3, 'UTC'),
  n Nullable(Decimal(38, 6)),
  definition String,
  counted_how String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(statistic), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(segment), '\x1e'), '\x1f', ifNull(toString(publisher), '\x1e'), '\x1f', ifNull(toString(year), '\x1e'), '\x1f', ifNull(toString(published_at), '\x1e'), '\x1f', ifNull(toString(n), '\x1e'), '\x1f', ifNull(toString(definition), '\x1e'), '\x1f', ifNull(toString(counted_how), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_benchmark (
  metric String,
  statistic LowCardinality(String),
  value Nullable(Decimal(38, 6)),
  segment String,
  publisher String,
  year Nullable(Decimal(38, 6)),
  published_at DateTime64(3, 'UTC'),
  n Nullable(Decimal(38, 6)),
  definition String,
  counted_how String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(statistic), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(segment), '\x1e'), '\x1f', ifNull(toString(publisher), '\x1e'), '\x1f', ifNull(toString(year), '\x1e'), '\x1f', ifNull(toString(published_at), '\x1e'), '\x1f', ifNull(toString(n), '\x1e'), '\x1f', ifNull(toString(definition), '\x1e'), '\x1f', ifNull(toString(counted_how), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_note (
  day Date32,
  text String,
  metric String,
  author String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(day), '\x1e'), '\x1f', ifNull(toString(text), '\x1e'), '\x1f', ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(author), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_note (
  day Date32,
  text String,
  metric String,
  author String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(day), '\x1e'), '\x1f', ifNull(toString(text), '\x1e'), '\x1f', ifNull(toString(metric), '\x1e'), '\x1f', ifNull(toString(author), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
