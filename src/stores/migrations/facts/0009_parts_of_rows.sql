-- What a row of a file is part of, and what its amount is for.

ALTER TABLE fact_charge
  ADD COLUMN IF NOT EXISTS reference String AFTER service_until,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(charge_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(charged_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(covers_months), '\x1e'), '\x1f', ifNull(toString(service_from), '\x1e'), '\x1f', ifNull(toString(service_until), '\x1e'), '\x1f', ifNull(toString(reference), '\x1e'));

ALTER TABLE fact_charge MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_charge
  ADD COLUMN IF NOT EXISTS reference String AFTER service_until,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(charge_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(charged_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(covers_months), '\x1e'), '\x1f', ifNull(toString(service_from), '\x1e'), '\x1f', ifNull(toString(service_until), '\x1e'), '\x1f', ifNull(toString(reference), '\x1e'));

ALTER TABLE staged_charge MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE fact_cost
  ADD COLUMN IF NOT EXISTS cost_id String AFTER share,
  ADD COLUMN IF NOT EXISTS description String AFTER cost_id,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(month), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(purpose), '\x1e'), '\x1f', ifNull(toString(share), '\x1e'), '\x1f', ifNull(toString(cost_id), '\x1e'), '\x1f', ifNull(toString(description), '\x1e'));

ALTER TABLE fact_cost MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_cost
  ADD COLUMN IF NOT EXISTS cost_id String AFTER share,
  ADD COLUMN IF NOT EXISTS description String AFTER cost_id,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(month), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(purpose), '\x1e'), '\x1f', ifNull(toString(share), '\x1e'), '\x1f', ifNull(toString(cost_id), '\x1e'), '\x1f', ifNull(toString(description), '\x1e'));

ALTER TABLE staged_cost MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE fact_discount
  ADD COLUMN IF NOT EXISTS coupon String AFTER ends_at,
  ADD COLUMN IF NOT EXISTS months Nullable(Decimal(38, 6)) AFTER coupon,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(discount_id), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(percent), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(duration), '\x1e'), '\x1f', ifNull(toString(starts_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(coupon), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'));

ALTER TABLE fact_discount MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_discount
  ADD COLUMN IF NOT EXISTS coupon String AFTER ends_at,
  ADD COLUMN IF NOT EXISTS months Nullable(Decimal(38, 6)) AFTER coupon,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(discount_id), '\x1e'), '\x1f', ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(percent), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(duration), '\x1e'), '\x1f', ifNull(toString(starts_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(coupon), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'));

ALTER TABLE staged_discount MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE fact_subscription_version
  ADD COLUMN IF NOT EXISTS amount_per LowCardinality(String) AFTER reason,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(amount_per), '\x1e'));

ALTER TABLE fact_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_subscription_version
  ADD COLUMN IF NOT EXISTS amount_per LowCardinality(String) AFTER reason,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(subscription_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(product), '\x1e'), '\x1f', ifNull(toString(plan), '\x1e'), '\x1f', ifNull(toString(quantity), '\x1e'), '\x1f', ifNull(toString(unit_amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(interval_months), '\x1e'), '\x1f', ifNull(toString(interval_unit), '\x1e'), '\x1f', ifNull(toString(term_months), '\x1e'), '\x1f', ifNull(toString(canceled_at), '\x1e'), '\x1f', ifNull(toString(ends_at), '\x1e'), '\x1f', ifNull(toString(due_at), '\x1e'), '\x1f', ifNull(toString(period_started_at), '\x1e'), '\x1f', ifNull(toString(trial_ends_at), '\x1e'), '\x1f', ifNull(toString(paused_at), '\x1e'), '\x1f', ifNull(toString(reason), '\x1e'), '\x1f', ifNull(toString(amount_per), '\x1e'));

ALTER TABLE staged_subscription_version MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;
