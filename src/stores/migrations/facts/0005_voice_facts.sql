-- Voice of the customer, outcomes, advocacy, invoices and deals: append-only versions, and the same rows while staged. A test holds this against the declarations.

CREATE TABLE IF NOT EXISTS fact_survey (
  survey_id String,
  name String,
  kind LowCardinality(String),
  relation LowCardinality(String),
  scale_min Nullable(Decimal(38, 6)),
  scale_max Nullable(Decimal(38, 6)),
  threshold Nullable(Decimal(38, 6)),
  touchpoint String,
  created_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(relation), '\x1e'), '\x1f', ifNull(toString(scale_min), '\x1e'), '\x1f', ifNull(toString(scale_max), '\x1e'), '\x1f', ifNull(toString(threshold), '\x1e'), '\x1f', ifNull(toString(touchpoint), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_survey (
  survey_id String,
  name String,
  kind LowCardinality(String),
  relation LowCardinality(String),
  scale_min Nullable(Decimal(38, 6)),
  scale_max Nullable(Decimal(38, 6)),
  threshold Nullable(Decimal(38, 6)),
  touchpoint String,
  created_at DateTime64(3, 'UTC'),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(relation), '\x1e'), '\x1f', ifNull(toString(scale_min), '\x1e'), '\x1f', ifNull(toString(scale_max), '\x1e'), '\x1f', ifNull(toString(threshold), '\x1e'), '\x1f', ifNull(toString(touchpoint), '\x1e'), '\x1f', ifNull(toString(created_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_survey_invitation (
  invitation_id String,
  survey_id String,
  account_id String,
  contact_id String,
  sent_at DateTime64(3, 'UTC'),
  status LowCardinality(String),
  channel String,
  language String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(invitation_id), '\x1e'), '\x1f', ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(sent_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(language), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_survey_invitation (
  invitation_id String,
  survey_id String,
  account_id String,
  contact_id String,
  sent_at DateTime64(3, 'UTC'),
  status LowCardinality(String),
  channel String,
  language String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(invitation_id), '\x1e'), '\x1f', ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(sent_at), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(language), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_survey_response (
  response_id String,
  survey_id String,
  kind LowCardinality(String),
  account_id String,
  contact_id String,
  answered_at DateTime64(3, 'UTC'),
  item String,
  score Nullable(Decimal(38, 6)),
  importance Nullable(Decimal(38, 6)),
  channel String,
  language String,
  csm_id String,
  ticket_id String,
  invitation_id String,
  comment String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(response_id), '\x1e'), '\x1f', ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(answered_at), '\x1e'), '\x1f', ifNull(toString(item), '\x1e'), '\x1f', ifNull(toString(score), '\x1e'), '\x1f', ifNull(toString(importance), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(language), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(invitation_id), '\x1e'), '\x1f', ifNull(toString(comment), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_survey_response (
  response_id String,
  survey_id String,
  kind LowCardinality(String),
  account_id String,
  contact_id String,
  answered_at DateTime64(3, 'UTC'),
  item String,
  score Nullable(Decimal(38, 6)),
  importance Nullable(Decimal(38, 6)),
  channel String,
  language String,
  csm_id String,
  ticket_id String,
  invitation_id String,
  comment String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(response_id), '\x1e'), '\x1f', ifNull(toString(survey_id), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(answered_at), '\x1e'), '\x1f', ifNull(toString(item), '\x1e'), '\x1f', ifNull(toString(score), '\x1e'), '\x1f', ifNull(toString(importance), '\x1e'), '\x1f', ifNull(toString(channel), '\x1e'), '\x1f', ifNull(toString(language), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(ticket_id), '\x1e'), '\x1f', ifNull(toString(invitation_id), '\x1e'), '\x1f', ifNull(toString(comment), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_conversation (
  conversation_id String,
  account_id String,
  contact_id String,
  held_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  theme String,
  sentiment Nullable(Decimal(38, 6)),
  coder String,
  second_sentiment Nullable(Decimal(38, 6)),
  second_coder String,
  summary String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(conversation_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(held_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(theme), '\x1e'), '\x1f', ifNull(toString(sentiment), '\x1e'), '\x1f', ifNull(toString(coder), '\x1e'), '\x1f', ifNull(toString(second_sentiment), '\x1e'), '\x1f', ifNull(toString(second_coder), '\x1e'), '\x1f', ifNull(toString(summary), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_conversation (
  conversation_id String,
  account_id String,
  contact_id String,
  held_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  theme String,
  sentiment Nullable(Decimal(38, 6)),
  coder String,
  second_sentiment Nullable(Decimal(38, 6)),
  second_coder String,
  summary String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(conversation_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(held_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(theme), '\x1e'), '\x1f', ifNull(toString(sentiment), '\x1e'), '\x1f', ifNull(toString(coder), '\x1e'), '\x1f', ifNull(toString(second_sentiment), '\x1e'), '\x1f', ifNull(toString(second_coder), '\x1e'), '\x1f', ifNull(toString(summary), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_referral (
  referral_id String,
  account_id String,
  contact_id String,
  referred_account_id String,
  referred_name String,
  referred_at DateTime64(3, 'UTC'),
  verified UInt8,
  converted_at Nullable(DateTime64(3, 'UTC')),
  mrr Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  notes String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(referral_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(referred_account_id), '\x1e'), '\x1f', ifNull(toString(referred_name), '\x1e'), '\x1f', ifNull(toString(referred_at), '\x1e'), '\x1f', ifNull(toString(verified), '\x1e'), '\x1f', ifNull(toString(converted_at), '\x1e'), '\x1f', ifNull(toString(mrr), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(notes), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_referral (
  referral_id String,
  account_id String,
  contact_id String,
  referred_account_id String,
  referred_name String,
  referred_at DateTime64(3, 'UTC'),
  verified UInt8,
  converted_at Nullable(DateTime64(3, 'UTC')),
  mrr Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  notes String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(referral_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(referred_account_id), '\x1e'), '\x1f', ifNull(toString(referred_name), '\x1e'), '\x1f', ifNull(toString(referred_at), '\x1e'), '\x1f', ifNull(toString(verified), '\x1e'), '\x1f', ifNull(toString(converted_at), '\x1e'), '\x1f', ifNull(toString(mrr), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(notes), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_advocacy_act (
  act_id String,
  account_id String,
  contact_id String,
  acted_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(act_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(acted_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(title), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_advocacy_act (
  act_id String,
  account_id String,
  contact_id String,
  acted_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(act_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(acted_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(title), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_reference_consent (
  consent_id String,
  account_id String,
  contact_id String,
  given_at DateTime64(3, 'UTC'),
  expires_at Nullable(DateTime64(3, 'UTC')),
  withdrawn_at Nullable(DateTime64(3, 'UTC')),
  scope String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(consent_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(given_at), '\x1e'), '\x1f', ifNull(toString(expires_at), '\x1e'), '\x1f', ifNull(toString(withdrawn_at), '\x1e'), '\x1f', ifNull(toString(scope), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_reference_consent (
  consent_id String,
  account_id String,
  contact_id String,
  given_at DateTime64(3, 'UTC'),
  expires_at Nullable(DateTime64(3, 'UTC')),
  withdrawn_at Nullable(DateTime64(3, 'UTC')),
  scope String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(consent_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(contact_id), '\x1e'), '\x1f', ifNull(toString(given_at), '\x1e'), '\x1f', ifNull(toString(expires_at), '\x1e'), '\x1f', ifNull(toString(withdrawn_at), '\x1e'), '\x1f', ifNull(toString(scope), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_incident (
  incident_id String,
  account_id String,
  started_at DateTime64(3, 'UTC'),
  ended_at Nullable(DateTime64(3, 'UTC')),
  name String,
  severity String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(incident_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(ended_at), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(severity), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_incident (
  incident_id String,
  account_id String,
  started_at DateTime64(3, 'UTC'),
  ended_at Nullable(DateTime64(3, 'UTC')),
  name String,
  severity String,
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(incident_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(started_at), '\x1e'), '\x1f', ifNull(toString(ended_at), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(severity), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_request (
  request_id String,
  account_id String,
  requested_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  blocking UInt8,
  closed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(request_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(requested_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(title), '\x1e'), '\x1f', ifNull(toString(blocking), '\x1e'), '\x1f', ifNull(toString(closed_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_request (
  request_id String,
  account_id String,
  requested_at DateTime64(3, 'UTC'),
  kind LowCardinality(String),
  title String,
  blocking UInt8,
  closed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(request_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(requested_at), '\x1e'), '\x1f', ifNull(toString(kind), '\x1e'), '\x1f', ifNull(toString(title), '\x1e'), '\x1f', ifNull(toString(blocking), '\x1e'), '\x1f', ifNull(toString(closed_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_outcome (
  outcome_id String,
  account_id String,
  defined_at DateTime64(3, 'UTC'),
  name String,
  type String,
  unit String,
  baseline Nullable(Decimal(38, 6)),
  target Nullable(Decimal(38, 6)),
  due_on Nullable(Date32),
  weight Nullable(Decimal(38, 6)),
  money_value Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  closed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(outcome_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(defined_at), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(type), '\x1e'), '\x1f', ifNull(toString(unit), '\x1e'), '\x1f', ifNull(toString(baseline), '\x1e'), '\x1f', ifNull(toString(target), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(weight), '\x1e'), '\x1f', ifNull(toString(money_value), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(closed_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_outcome (
  outcome_id String,
  account_id String,
  defined_at DateTime64(3, 'UTC'),
  name String,
  type String,
  unit String,
  baseline Nullable(Decimal(38, 6)),
  target Nullable(Decimal(38, 6)),
  due_on Nullable(Date32),
  weight Nullable(Decimal(38, 6)),
  money_value Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  closed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(outcome_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(defined_at), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(type), '\x1e'), '\x1f', ifNull(toString(unit), '\x1e'), '\x1f', ifNull(toString(baseline), '\x1e'), '\x1f', ifNull(toString(target), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(weight), '\x1e'), '\x1f', ifNull(toString(money_value), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(closed_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_outcome_measurement (
  measurement_id String,
  outcome_id String,
  account_id String,
  measured_at DateTime64(3, 'UTC'),
  value Nullable(Decimal(38, 6)),
  evidence String,
  confirmed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(measurement_id), '\x1e'), '\x1f', ifNull(toString(outcome_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(measured_at), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(evidence), '\x1e'), '\x1f', ifNull(toString(confirmed_at), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_outcome_measurement (
  measurement_id String,
  outcome_id String,
  account_id String,
  measured_at DateTime64(3, 'UTC'),
  value Nullable(Decimal(38, 6)),
  evidence String,
  confirmed_at Nullable(DateTime64(3, 'UTC')),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(measurement_id), '\x1e'), '\x1f', ifNull(toString(outcome_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(measured_at), '\x1e'), '\x1f', ifNull(toString(value), '\x1e'), '\x1f', ifNull(toString(evidence), '\x1e'), '\x1f', ifNull(toString(confirmed_at), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_invoice (
  invoice_id String,
  account_id String,
  issued_on Nullable(Date32),
  due_on Date32,
  paid_on Nullable(Date32),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  status LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(invoice_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(issued_on), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(paid_on), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(status), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_invoice (
  invoice_id String,
  account_id String,
  issued_on Nullable(Date32),
  due_on Date32,
  paid_on Nullable(Date32),
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  status LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(invoice_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(issued_on), '\x1e'), '\x1f', ifNull(toString(due_on), '\x1e'), '\x1f', ifNull(toString(paid_on), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'), '\x1f', ifNull(toString(status), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);

CREATE TABLE IF NOT EXISTS fact_opportunity (
  opportunity_id String,
  account_id String,
  opened_at DateTime64(3, 'UTC'),
  won_at Nullable(DateTime64(3, 'UTC')),
  sourced_by LowCardinality(String),
  csm_id String,
  name String,
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(opportunity_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(opened_at), '\x1e'), '\x1f', ifNull(toString(won_at), '\x1e'), '\x1f', ifNull(toString(sourced_by), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e'))
) ENGINE = ReplacingMergeTree ORDER BY (account_id, source_id, source, recorded_at);

CREATE TABLE IF NOT EXISTS staged_opportunity (
  opportunity_id String,
  account_id String,
  opened_at DateTime64(3, 'UTC'),
  won_at Nullable(DateTime64(3, 'UTC')),
  sourced_by LowCardinality(String),
  csm_id String,
  name String,
  amount Nullable(Decimal(38, 6)),
  currency LowCardinality(String),
  source LowCardinality(String),
  source_id String,
  recorded_at DateTime64(6, 'UTC'),
  import_id String,
  row_number UInt64,
  deleted UInt8,
  content_hash UInt64 MATERIALIZED cityHash64(ifNull(toString(opportunity_id), '\x1e'), '\x1f', ifNull(toString(account_id), '\x1e'), '\x1f', ifNull(toString(opened_at), '\x1e'), '\x1f', ifNull(toString(won_at), '\x1e'), '\x1f', ifNull(toString(sourced_by), '\x1e'), '\x1f', ifNull(toString(csm_id), '\x1e'), '\x1f', ifNull(toString(name), '\x1e'), '\x1f', ifNull(toString(amount), '\x1e'), '\x1f', ifNull(toString(currency), '\x1e')),
  file_id String,
  undated UInt8
) ENGINE = MergeTree PARTITION BY import_id ORDER BY (source_id, source, file_id, row_number);
