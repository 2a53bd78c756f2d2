-- Product use, features and who may use them, contacts: append-only versions, and the same rows while staged. A test holds this against the declarations.

CREATE TABLE IF NOT EXISTS fact_usage_event (
  event_id String,
  account_id String,
  user_id String,
  occurred_at DateTime64(3, 'UTC'),
  event String,
  feature String,
  product String,
  platform String,
  user_role String,
  session_id String,
  is_internal UInt8,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(event_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(user_id), '\x1e'), '\x1f', ifNull(toString(occurred_at), '\x1e'), '\x1f', ifNull(toString(event), '\x1e'), '\x1f', ifNull(toString(feature), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(platform), '\x1e'), '\x1f', ifNull(toString(user_role), '\x1e'), '\x1f', ifNull(toString(session_id), '\x1e'), '\x1f', ifNull(toString(is_internal), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_usage_event (
  event_id String,
  account_id String,
  user_id String,
  occurred_at DateTime64(3, 'UTC'),
  event String,
  feature String,
  product String,
  platform String,
  user_role String,
  session_id String,
  is_internal UInt8,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(event_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(user_id), '\x1e'), '\x1f', ifNull(toString(occurred_at), '\x1e'), '\x1f', ifNull(toString(event), '\x1e'), '\x1f', ifNull(toString(feature), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(platform), '\x1e'), '\x1f', ifNull(toString(user_role), '\x1e'), '\x1f', ifNull(toString(session_id), '\x1e'), '\x1f', ifNull(toString(is_internal), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_feature (
  feature_id String,
  name String,
  product String,
  is_core UInt8,
  is_value UInt8,
  entitlement LowCardinality(String),
  released_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(feature_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(is_core), '\x1e'), '\x1f', ifNull(toString(is_value), '\x1e'), '\x1f', ifNull(toString(entitlement), '\x1e'), '\x1f', ifNull(toString(released_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_feature (
  feature_id String,
  name String,
  product String,
  is_core UInt8,
  is_value UInt8,
  entitlement LowCardinality(String),
  released_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(feature_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(is_core), '\x1e'), '\x1f', ifNull(toString(is_value), '\x1e'), '\x1f', ifNull(toString(entitlement), '\x1e'), '\x1f', ifNull(toString(released_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_feature_entitlement (
  account_id String,
  feature String,
  entitled_from DateTime64(3, 'UTC'),
  entitled_until Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(feature), '\x1e'), '\x1f', ifNull(toString(entitled_from), '\x1e'), '\x1f', ifNull(toString(entitled_until), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_feature_entitlement (
  account_id String,
  feature String,
  entitled_from DateTime64(3, 'UTC'),
  entitled_until Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(feature), '\x1e'), '\x1f', ifNull(toString(entitled_from), '\x1e'), '\x1f', ifNull(toString(entitled_until), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_contact (
  contact_id String,
  account_id String,
  name String,
  email String,
  user_id String,
  role String,
  is_champion UInt8,
  is_executive UInt8,
  effective_at DateTime64(3, 'UTC'),
  left_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(email), '\x1e'), '\x1f', ifNull(toString(user_id), '\x1e'), '\x1f', ifNull(toString(role), '\x1e'), '\x1f', ifNull(toString(is_champion), '\x1e'), '\x1f', ifNull(toString(is_executive), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(left_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_contact (
  contact_id String,
  account_id String,
  name String,
  email String,
  user_id String,
  role String,
  is_champion UInt8,
  is_executive UInt8,
  effective_at DateTime64(3, 'UTC'),
  left_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(email), '\x1e'), '\x1f', ifNull(toString(user_id), '\x1e'), '\x1f', ifNull(toString(role), '\x1e'), '\x1f', ifNull(toString(is_champion), '\x1e'), '\x1f', ifNull(toString(is_executive), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(left_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
