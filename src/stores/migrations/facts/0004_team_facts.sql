CREATE TABLE IF NOT EXISTS fact_ticket (
  ticket_id String,
  account_id String,
  contact_id String,
  created_at DateTime64(3, 'UTC'),
  created_by LowCardinality(String),
  channel String,
  priority LowCardinality(String),
  category String,
  team String,
  agent_id String,
  subject String,
  calendar_id String,
  first_reply_at Nullable(DateTime64(3, 'UTC')),
  first_solved_at Nullable(DateTime64(3, 'UTC')),
  solved_at Nullable(DateTime64(3, 'UTC')),
  merged_into String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'), '\x1f', ifNull(toString(created_by), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(priority), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(team), '\x1e'), '\x1f', ifNull(toString(agent_id), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e'), '\x1f', ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(first_reply_at), '\x1e'), '\x1f', ifNull(toString(first_solved_at), '\x1e'), '\x1f', ifNull(toString(solved_at), '\x1e'), '\x1f', ifNull(toString(merged_into), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_ticket (
  ticket_id String,
  account_id String,
  contact_id String,
  created_at DateTime64(3, 'UTC'),
  created_by LowCardinality(String),
  channel String,
  priority LowCardinality(String),
  category String,
  team String,
  agent_id String,
  subject String,
  calendar_id String,
  first_reply_at Nullable(DateTime64(3, 'UTC')),
  first_solved_at Nullable(DateTime64(3, 'UTC')),
  solved_at Nullable(DateTime64(3, 'UTC')),
  merged_into String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'), '\x1f', ifNull(toString(created_by), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(priority), '\x1e'), '\x1f', ifNull(toString(category), '\x1e'), '\x1f', ifNull(toString(team), '\x1e'), '\x1f', ifNull(toString(agent_id), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e'), '\x1f', ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(first_reply_at), '\x1e'), '\x1f', ifNull(toString(first_solved_at), '\x1e'), '\x1f', ifNull(toString(solved_at), '\x1e'), '\x1f', ifNull(toString(merged_into), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_ticket_event (
  ticket_id String,
  event_id String,
  account_id String,
  happened_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  visibility LowCardinality(String),
  author LowCardinality(String),
  status LowCardinality(String),
  value String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(event_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(visibility), '\x1e'), '\x1f', ifNull(toString(author), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_ticket_event (
  ticket_id String,
  event_id String,
  account_id String,
  happened_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  visibility LowCardinality(String),
  author LowCardinality(String),
  status LowCardinality(String),
  value String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(event_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(visibility), '\x1e'), '\x1f', ifNull(toString(author), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(value), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_business_calendar (
  calendar_id String,
  name String,
  time_zone String,
  monday String,
  tuesday String,
  wednesday String,
  thursday String,
  friday String,
  saturday String,
  sunday String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(time_zone), '\x1e'), '\x1f', ifNull(toString(monday), '\x1e'), '\x1f', ifNull(toString(tuesday), '\x1e'), '\x1f', ifNull(toString(wednesday), '\x1e'), '\x1f', ifNull(toString(thursday), '\x1e'), '\x1f', ifNull(toString(friday), '\x1e'), '\x1f', ifNull(toString(saturday), '\x1e'), '\x1f', ifNull(toString(sunday), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_business_calendar (
  calendar_id String,
  name String,
  time_zone String,
  monday String,
  tuesday String,
  wednesday String,
  thursday String,
  friday String,
  saturday String,
  sunday String,
  effective_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(time_zone), '\x1e'), '\x1f', ifNull(toString(monday), '\x1e'), '\x1f', ifNull(toString(tuesday), '\x1e'), '\x1f', ifNull(toString(wednesday), '\x1e'), '\x1f', ifNull(toString(thursday), '\x1e'), '\x1f', ifNull(toString(friday), '\x1e'), '\x1f', ifNull(toString(saturday), '\x1e'), '\x1f', ifNull(toString(sunday), '\x1e'), '\x1f', ifNull(toString(effective_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_holiday (
  day Date32,
  calendar_id String,
  name String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(day), '\x1e'), '\x1f', ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_holiday (
  day Date32,
  calendar_id String,
  name String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(day), '\x1e'), '\x1f', ifNull(toString(calendar_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_touchpoint (
  touchpoint_id String,
  account_id String,
  happened_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  two_way LowCardinality(String),
  csm_id String,
  contact_id String,
  minutes Nullable(Decimal(38, 6)),
  subject String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(touchpoint_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(two_way), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_touchpoint (
  touchpoint_id String,
  account_id String,
  happened_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  two_way LowCardinality(String),
  csm_id String,
  contact_id String,
  minutes Nullable(Decimal(38, 6)),
  subject String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(touchpoint_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(happened_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(two_way), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(subject), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_task (
  task_id String,
  account_id String,
  created_at DateTime64(3, 'UTC'),
  due_on Nullable(Date32),
  done_at Nullable(DateTime64(3, 'UTC')),
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  csm_id String,
  playbook String,
  title String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(task_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(done_at), '\x1e'), '\x1f', ifNull(toString(cancelled_at), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(playbook), '\x1e'), '\x1f', ifNull(toString(title), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_task (
  task_id String,
  account_id String,
  created_at DateTime64(3, 'UTC'),
  due_on Nullable(Date32),
  done_at Nullable(DateTime64(3, 'UTC')),
  cancelled_at Nullable(DateTime64(3, 'UTC')),
  csm_id String,
  playbook String,
  title String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(task_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(done_at), '\x1e'), '\x1f', ifNull(toString(cancelled_at), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(playbook), '\x1e'), '\x1f', ifNull(toString(title), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_play_run (
  run_id String,
  account_id String,
  playbook String,
  started_at DateTime64(3, 'UTC'),
  deadline_on Nullable(Date32),
  finished_at Nullable(DateTime64(3, 'UTC')),
  arm LowCardinality(String),
  success LowCardinality(String),
  success_before LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(run_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(playbook), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(deadline_on), '\x1e'), '\x1f', ifNull(toString(finished_at), '\x1e'), '\x1f', ifNull(toString(arm), '\x1e'), '\x1f', ifNull(toString(success), '\x1e'), '\x1f', ifNull(toString(success_before), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_play_run (
  run_id String,
  account_id String,
  playbook String,
  started_at DateTime64(3, 'UTC'),
  deadline_on Nullable(Date32),
  finished_at Nullable(DateTime64(3, 'UTC')),
  arm LowCardinality(String),
  success LowCardinality(String),
  success_before LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(run_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(playbook), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(deadline_on), '\x1e'), '\x1f', ifNull(toString(finished_at), '\x1e'), '\x1f', ifNull(toString(arm), '\x1e'), '\x1f', ifNull(toString(success), '\x1e'), '\x1f', ifNull(toString(success_before), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_signal (
  signal_id String,
  account_id String,
  rule String,
  raised_at DateTime64(3, 'UTC'),
  first_action_at Nullable(DateTime64(3, 'UTC')),
  predicts LowCardinality(String),
  horizon_days Nullable(Decimal(38, 6)),
  event_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(signal_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(rule), '\x1e'), '\x1f', ifNull(toString(raised_at), '\x1e'), '\x1f', ifNull(toString(first_action_at), '\x1e'), '\x1f', ifNull(toString(predicts), '\x1e'), '\x1f', ifNull(toString(horizon_days), '\x1e'), '\x1f', ifNull(toString(event_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_signal (
  signal_id String,
  account_id String,
  rule String,
  raised_at DateTime64(3, 'UTC'),
  first_action_at Nullable(DateTime64(3, 'UTC')),
  predicts LowCardinality(String),
  horizon_days Nullable(Decimal(38, 6)),
  event_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(signal_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(rule), '\x1e'), '\x1f', ifNull(toString(raised_at), '\x1e'), '\x1f', ifNull(toString(first_action_at), '\x1e'), '\x1f', ifNull(toString(predicts), '\x1e'), '\x1f', ifNull(toString(horizon_days), '\x1e'), '\x1f', ifNull(toString(event_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_quota (
  csm_id String,
  kind LowCardinality(String),
  starts_on Date32,
  months Nullable(Decimal(38, 6)),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_quota (
  csm_id String,
  kind LowCardinality(String),
  starts_on Date32,
  months Nullable(Decimal(38, 6)),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_forecast (
  csm_id String,
  starts_on Nullable(Date32),
  months Nullable(Decimal(38, 6)),
  frozen_at DateTime64(3, 'UTC'),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(frozen_at), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_forecast (
  csm_id String,
  starts_on Nullable(Date32),
  months Nullable(Decimal(38, 6)),
  frozen_at DateTime64(3, 'UTC'),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(starts_on), '\x1e'), '\x1f', ifNull(toString(months), '\x1e'), '\x1f', ifNull(toString(frozen_at), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_onboarding (
  onboarding_id String,
  account_id String,
  started_at DateTime64(3, 'UTC'),
  agreed_end Nullable(Date32),
  finished_at Nullable(DateTime64(3, 'UTC')),
  path String,
  csm_id String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(onboarding_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(agreed_end), '\x1e'), '\x1f', ifNull(toString(finished_at), '\x1e'), '\x1f', ifNull(toString(path), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_onboarding (
  onboarding_id String,
  account_id String,
  started_at DateTime64(3, 'UTC'),
  agreed_end Nullable(Date32),
  finished_at Nullable(DateTime64(3, 'UTC')),
  path String,
  csm_id String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(onboarding_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(agreed_end), '\x1e'), '\x1f', ifNull(toString(finished_at), '\x1e'), '\x1f', ifNull(toString(path), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_onboarding_milestone (
  account_id String,
  onboarding_id String,
  milestone String,
  planned_at DateTime64(3, 'UTC'),
  due_on Nullable(Date32),
  done_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(onboarding_id), '\x1e'), '\x1f', ifNull(toString(milestone), '\x1e'), '\x1f', ifNull(toString(planned_at), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(done_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_onboarding_milestone (
  account_id String,
  onboarding_id String,
  milestone String,
  planned_at DateTime64(3, 'UTC'),
  due_on Nullable(Date32),
  done_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(onboarding_id), '\x1e'), '\x1f', ifNull(toString(milestone), '\x1e'), '\x1f', ifNull(toString(planned_at), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(done_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_training_attendance (
  attendance_id String,
  account_id String,
  contact_id String,
  course String,
  attended_at DateTime64(3, 'UTC'),
  minutes Nullable(Decimal(38, 6)),
  completed LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(attendance_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(course), '\x1e'), '\x1f', ifNull(toString(attended_at), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(completed), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_training_attendance (
  attendance_id String,
  account_id String,
  contact_id String,
  course String,
  attended_at DateTime64(3, 'UTC'),
  minutes Nullable(Decimal(38, 6)),
  completed LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(attendance_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(course), '\x1e'), '\x1f', ifNull(toString(attended_at), '\x1e'), '\x1f', ifNull(toString(minutes), '\x1e'), '\x1f', ifNull(toString(completed), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
