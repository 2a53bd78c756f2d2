-- Hours of a whole week in one cell.

ALTER TABLE fact_business_calendar
  ADD COLUMN IF NOT EXISTS hours String AFTER time_zone,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(time_zone), '\x1e'), '\x1f', ifNull(toString(hours), '\x1e'), '\x1f', ifNull(toString(monday), '\x1e'), '\x1f', ifNull(toString(tuesday), '\x1e'), '\x1f', ifNull(toString(wednesday), '\x1e'), '\x1f', ifNull(toString(thursday), '\x1e'), '\x1f', ifNull(toString(friday), '\x1e'), '\x1f', ifNull(toString(saturday), '\x1e'), '\x1f', ifNull(toString(sunday), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'));

ALTER TABLE fact_business_calendar MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;

ALTER TABLE staged_business_calendar
  ADD COLUMN IF NOT EXISTS hours String AFTER time_zone,
  MODIFY COLUMN content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(time_zone), '\x1e'), '\x1f', ifNull(toString(hours), '\x1e'), '\x1f', ifNull(toString(monday), '\x1e'), '\x1f', ifNull(toString(tuesday), '\x1e'), '\x1f', ifNull(toString(wednesday), '\x1e'), '\x1f', ifNull(toString(thursday), '\x1e'), '\x1f', ifNull(toString(friday), '\x1e'), '\x1f', ifNull(toString(saturday), '\x1e'), '\x1f', ifNull(toString(sunday), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'));

ALTER TABLE staged_business_calendar MATERIALIZE COLUMN content_hash SETTINGS mutations_sync = 2;
