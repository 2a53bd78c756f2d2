-- What was said of each customer at the close of each day, and when a customer decided to leave.

CREATE TABLE IF NOT EXISTS health_snapshot (
  account_id String,
  day Date32,
  mode LowCardinality(String),
  model LowCardinality(String),
  known_until DateTime64(6, 'UTC'),
  score Nullable(Float64),
  weighted Nullable(Float64),
  coverage Float64,
  confidence Float64,
  low Float64,
  band LowCardinality(String),
  held LowCardinality(String),
  own_band LowCardinality(String),
  own_cap Bool,
  arr Float64,
  decided_on Nullable(Date32),
  next_deadline Nullable(Date32),
  deadline_arr Float64,
  phase LowCardinality(String),
  is_held Bool,
  inputs String,
  caps String
) ENGINE = ReplacingMergeTree PARTITION BY (mode, toYYYYMM(day)) ORDER BY (account_id, mode, day, model);

CREATE TABLE IF NOT EXISTS account_decision (
  account_id String,
  contract_id String,
  mode LowCardinality(String),
  decided_on Date32,
  known_on Date32,
  source LowCardinality(String),
  deadline Nullable(Date32),
  arr Float64,
  is_whole Bool,
  taken_back_on Nullable(Date32),
  written_at DateTime64(6, 'UTC')
) ENGINE = ReplacingMergeTree(written_at) ORDER BY (account_id, mode, contract_id, decided_on);
