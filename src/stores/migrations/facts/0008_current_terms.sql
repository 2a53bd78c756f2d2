-- What a row that tells how a subscription stands today says beside its start and its end.

ALTER TABLE fact_subscription_version
  ADD COLUMN IF NOT EXISTS period_started_at Nullable(DateTime64(3, 'UTC')) AFTER due_at,
  ADD COLUMN IF NOT EXISTS trial_ends_at Nullable(DateTime64(3, 'UTC')) AFTER period_started_at,
  ADD COLUMN IF NOT EXISTS paused_at Nullable(DateTime64(3, 'UTC')) AFTER trial_ends_at,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'));

ALTER TABLE fact_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_subscription_version
  ADD COLUMN IF NOT EXISTS period_started_at Nullable(DateTime64(3, 'UTC')) AFTER due_at,
  ADD COLUMN IF NOT EXISTS trial_ends_at Nullable(DateTime64(3, 'UTC')) AFTER period_started_at,
  ADD COLUMN IF NOT EXISTS paused_at Nullable(DateTime64(3, 'UTC')) AFTER trial_ends_at,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'));

ALTER TABLE staged_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;
