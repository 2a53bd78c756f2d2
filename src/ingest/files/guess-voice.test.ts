import { describe, expect, test } from 'vitest'
import { guessFacts, undecidedFacts } from './guess.ts'

/** Headers as survey tools, billing and CRM export them. */
const EXPORTS: [string, string, string[]][] = [
  ['delighted-responses.csv', 'survey_response', ['Response ID', 'Person ID', 'Email', 'Score', 'Comment', 'Created At', 'Company ID', 'Source']],
  ['SurveyMonkey responses.csv', 'survey_response', ['Respondent ID', 'Collector ID', 'Email Address', 'Company', 'End Date', 'Rating', 'Open-Ended Response']],
  ['typeform-nps.csv', 'survey_response', ['Token', 'Submit Date', 'Customer ID', 'Email', 'nps', 'Network']],
  [
    'hubspot-feedback-submissions.csv',
    'survey_response',
    [
      'Response',
      'Survey ID',
      'Survey Type',
      'Associated Company ID',
      'Associated Contact ID',
      'Survey Submission Date',
      'Response Value',
      'Survey Channel',
      'Response Text',
    ],
  ],
  ['unified_invoices.csv', 'invoice', ['id', 'Customer', 'Date (UTC)', 'Due Date (UTC)', 'Paid At (UTC)', 'Total', 'Currency', 'Status']],
  [
    'deals.csv',
    'opportunity',
    ['Record ID', 'Deal Name', 'Associated Company ID', 'Create Date', 'Close Date', 'Lead Source', 'Deal Owner', 'Amount', 'Currency'],
  ],
  ['surveys.csv', 'survey', ['survey_id', 'name', 'kind', 'relation', 'scale_min', 'scale_max', 'threshold', 'touchpoint', 'created_at']],
  ['survey_invitations.csv', 'survey_invitation', ['invitation_id', 'survey_id', 'account_id', 'contact_id', 'sent_at', 'status', 'channel', 'language']],
  [
    'interviews.csv',
    'conversation',
    ['conversation_id', 'account_id', 'contact_id', 'held_at', 'kind', 'theme', 'sentiment', 'coder', 'second_sentiment', 'second_coder', 'summary'],
  ],
  [
    'outcomes.csv',
    'outcome',
    ['outcome_id', 'account_id', 'defined_at', 'name', 'type', 'unit', 'baseline', 'target', 'due_on', 'weight', 'money_value', 'currency', 'closed_at'],
  ],
  ['outcome_measurements.csv', 'outcome_measurement', ['measurement_id', 'outcome_id', 'account_id', 'measured_at', 'value', 'evidence', 'confirmed_at']],
  ['referrals.csv', 'referral', ['referral_id', 'account_id', 'contact_id', 'referred_account_id', 'referred_name', 'referred_at', 'verified', 'converted_at']],
  ['advocacy_acts.csv', 'advocacy_act', ['act_id', 'account_id', 'contact_id', 'acted_at', 'kind', 'title']],
  ['reference_consents.csv', 'reference_consent', ['consent_id', 'account_id', 'contact_id', 'given_at', 'expires_at', 'withdrawn_at', 'scope']],
  ['incidents.csv', 'incident', ['incident_id', 'account_id', 'started_at', 'ended_at', 'name', 'severity']],
  ['requests.csv', 'request', ['request_id', 'account_id', 'requested_at', 'kind', 'title', 'blocking', 'closed_at']],
]

describe('the fact of a file about voice, outcomes and billing', () => {
  test.each(EXPORTS)('%s holds %s', (name, fact, headers) => {
    const [best, ...rest] = guessFacts(headers, name)
    expect([best?.fact.id, best?.missing.filter((column) => column !== 'survey_id')]).toEqual([fact, []])
    expect(undecidedFacts(best === undefined ? [] : [best, ...rest]).map((guess) => guess.fact.id)).toEqual([])
  })
})
