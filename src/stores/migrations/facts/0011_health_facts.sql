-- When a contract must be decided, what became of an appointment, and how a CSM sees an account.

ALTER TABLE fact_subscription_version
  ADD COLUMN IF NOT EXISTS notice_days Nullable(Decimal(38, 6)) AFTER amount_per,
  ADD COLUMN IF NOT EXISTS auto_renew LowCardinality(String) AFTER notice_days,
  ADD COLUMN IF NOT EXISTS renews_at Nullable(DateTime64(3, 'UTC')) AFTER auto_renew,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(amount_per), '\x1e'), '\x1f', ifNull(toString(notice_days), '\x1e'), '\x1f', ifNull(toString(auto_renew), '\x1e'), '\x1f', ifNull(toString(renews_at), '\x1e'));

ALTER TABLE fact_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_subscription_version
  ADD COLUMN IF NOT EXISTS notice_days Nullable(Decimal(38, 6)) AFTER amount_per,
  ADD COLUMN IF NOT EXISTS auto_renew LowCardinality(String) AFTER notice_days,
  ADD COLUMN IF NOT EXISTS renews_at Nullable(DateTime64(3, 'UTC')) AFTER auto_renew,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(amount_per), '\x1e'), '\x1f', ifNull(toString(notice_days), '\x1e'), '\x1f', ifNull(toString(auto_renew), '\x1e'), '\x1f', ifNull(toString(renews_at), '\x1e'));

ALTER TABLE staged_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE fact_touchpoint
  ADD COLUMN IF NOT EXISTS state LowCardinality(String) AFTER subject,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(touchpoint_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(two_way), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e'), '\x1f', ifNull(toString(state), '\x1e'));

ALTER TABLE fact_touchpoint MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_touchpoint
  ADD COLUMN IF NOT EXISTS state LowCardinality(String) AFTER subject,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(touchpoint_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(two_way), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e'), '\x1f', ifNull(toString(state), '\x1e'));

ALTER TABLE staged_touchpoint MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

CREATE TABLE IF NOT EXISTS fact_pulse (
  account_id String,
  set_at DateTime64(3, 'UTC'),
  value LowCardinality(String),
  reason String,
  author String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(set_at), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(author), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_pulse (
  account_id String,
  set_at DateTime64(3, 'UTC'),
  value LowCardinality(String),
  reason String,
  author String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(set_at), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(author), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
