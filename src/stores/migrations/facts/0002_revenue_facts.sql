CREATE TABLE IF NOT EXISTS fact_account (
  account_id String,
  name String,
  is_internal UInt8,
  merged_into String,
  created_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(is_internal), '\x1e'), '\x1f', ifNull(toString(merged_into), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_account (
  account_id String,
  name String,
  is_internal UInt8,
  merged_into String,
  created_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(is_internal), '\x1e'), '\x1f', ifNull(toString(merged_into), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_account_attribute (
  account_id String,
  attribute String,
  value String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(attribute), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_account_attribute (
  account_id String,
  attribute String,
  value String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(attribute), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_charge (
  charge_id String,
  account_id String,
  charged_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  subscription_id String,
  product String,
  covers_months Nullable(Decimal(38, 6)),
  service_from Nullable(Date32),
  service_until Nullable(Date32),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(charge_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(charged_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(covers_months), '\x1e'), '\x1f', ifNull(toString(service_from), '\x1e'), '\x1f', ifNull(toString(service_until), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_charge (
  charge_id String,
  account_id String,
  charged_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  subscription_id String,
  product String,
  covers_months Nullable(Decimal(38, 6)),
  service_from Nullable(Date32),
  service_until Nullable(Date32),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(charge_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(charged_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(covers_months), '\x1e'), '\x1f', ifNull(toString(service_from), '\x1e'), '\x1f', ifNull(toString(service_until), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_cost (
  month Date32,
  category String,
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  purpose LowCardinality(String),
  share Nullable(Decimal(38, 6)),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(month), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(purpose), '\x1e'), '\x1f', ifNull(toString(share), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_cost (
  month Date32,
  category String,
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  purpose LowCardinality(String),
  share Nullable(Decimal(38, 6)),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(month), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(purpose), '\x1e'), '\x1f', ifNull(toString(share), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_csm (
  csm_id String,
  name String,
  team String,
  fte Nullable(Decimal(38, 6)),
  ramp_factor Nullable(Decimal(38, 6)),
  time_share Nullable(Decimal(38, 6)),
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(team), '\x1e'), '\x1f', ifNull(toString(fte), '\x1e'), '\x1f', ifNull(toString(ramp_factor), '\x1e'), '\x1f', ifNull(toString(time_share), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_csm (
  csm_id String,
  name String,
  team String,
  fte Nullable(Decimal(38, 6)),
  ramp_factor Nullable(Decimal(38, 6)),
  time_share Nullable(Decimal(38, 6)),
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(team), '\x1e'), '\x1f', ifNull(toString(fte), '\x1e'), '\x1f', ifNull(toString(ramp_factor), '\x1e'), '\x1f', ifNull(toString(time_share), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_csm_assignment (
  account_id String,
  csm_id String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_csm_assignment (
  account_id String,
  csm_id String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_discount (
  discount_id String,
  subscription_id String,
  percent Nullable(Decimal(38, 6)),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  duration LowCardinality(String),
  starts_at DateTime64(3, 'UTC'),
  ends_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(discount_id), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(percent), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(duration), '\x1e'), '\x1f', ifNull(toString(starts_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_discount (
  discount_id String,
  subscription_id String,
  percent Nullable(Decimal(38, 6)),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  duration LowCardinality(String),
  starts_at DateTime64(3, 'UTC'),
  ends_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(discount_id), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(percent), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(duration), '\x1e'), '\x1f', ifNull(toString(starts_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_exchange_rate (
  date Date32,
  currency LowCardinality(String),
  per LowCardinality(String),
  rate Nullable(Decimal(38, 6)),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(date), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(per), '\x1e'), '\x1f', ifNull(toString(rate), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_exchange_rate (
  date Date32,
  currency LowCardinality(String),
  per LowCardinality(String),
  rate Nullable(Decimal(38, 6)),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(date), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(per), '\x1e'), '\x1f', ifNull(toString(rate), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_subscription_version (
  subscription_id String,
  account_id String,
  effective_at DateTime64(3, 'UTC'),
  status LowCardinality(String),
  product String,
  plan String,
  quantity Nullable(Decimal(38, 6)),
  unit_amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  interval_months Nullable(Decimal(38, 6)),
  interval_unit LowCardinality(String),
  term_months Nullable(Decimal(38, 6)),
  canceled_at Nullable(DateTime64(3, 'UTC')),
  ends_at Nullable(DateTime64(3, 'UTC')),
  due_at Nullable(DateTime64(3, 'UTC')),
  reason String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_subscription_version (
  subscription_id String,
  account_id String,
  effective_at DateTime64(3, 'UTC'),
  status LowCardinality(String),
  product String,
  plan String,
  quantity Nullable(Decimal(38, 6)),
  unit_amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  interval_months Nullable(Decimal(38, 6)),
  interval_unit LowCardinality(String),
  term_months Nullable(Decimal(38, 6)),
  canceled_at Nullable(DateTime64(3, 'UTC')),
  ends_at Nullable(DateTime64(3, 'UTC')),
  due_at Nullable(DateTime64(3, 'UTC')),
  reason String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
