-- What a deal is about, and when it was lost: a lost renewal is a decision to leave.

ALTER TABLE fact_opportunity
  ADD COLUMN IF NOT EXISTS kind LowCardinality(String) AFTER currency,
  ADD COLUMN IF NOT EXISTS lost_at Nullable(DateTime64(3, 'UTC')) AFTER kind,
  ADD COLUMN IF NOT EXISTS subscription_id String AFTER lost_at,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(opportunity_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(opened_at), '\x1e'), '\x1f', ifNull(toString(won_at), '\x1e'), '\x1f', ifNull(toString(sourced_by), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(lost_at), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'));

ALTER TABLE fact_opportunity MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_opportunity
  ADD COLUMN IF NOT EXISTS kind LowCardinality(String) AFTER currency,
  ADD COLUMN IF NOT EXISTS lost_at Nullable(DateTime64(3, 'UTC')) AFTER kind,
  ADD COLUMN IF NOT EXISTS subscription_id String AFTER lost_at,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(opportunity_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(opened_at), '\x1e'), '\x1f', ifNull(toString(won_at), '\x1e'), '\x1f', ifNull(toString(sourced_by), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(lost_at), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'));

ALTER TABLE staged_opportunity MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;
