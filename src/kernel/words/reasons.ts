/**
 * Why a number is not there, each reason in words. The one place for metrics that say so and for everyone who tells it: a
 * reason without words is a type error.
 */
export const NULL_REASONS = {
  no_new_customers: 'Nobody became a customer in the period',
  no_opening_customers: 'Nobody was a customer when the period began',
  no_customers: 'There are no customers at this time',
  no_opening_mrr: 'There was no MRR when the period began',
  no_responses: 'Nobody answered',
  fx_missing: 'An exchange rate is missing for this time: import rates that begin earlier',
  low_coverage: 'Too little is known to say',
  not_matured: 'Too early to tell: the time it needs has not passed',
  nothing_lost: 'Nothing was lost in the period',
  small_group: 'A group holds fewer than five',
  no_replies: 'No ticket was answered in the period',
  none_solved: 'No ticket was solved in the period',
  no_business_time: 'No business calendar is known for these tickets, or not from so early on',
  half_not_reached: 'Less than half have got there so far',
  none_due: 'Nothing was due in the period',
  none_matured: 'Too early to tell: none has had its whole time',
  none_past_deadline: 'No run is past its deadline',
  nothing_expected: 'No loss was to be expected',
  nothing_renewed: 'Nothing was renewed',
  no_active_users: 'Nobody used the product',
  kpi_missing: 'A metric it is made of has no value',
  units_differ: 'The metrics it adds up are of different units',
  not_begun: 'The period has not begun',
  no_data: 'Nothing is known of this time',
  dimension_not_supported: 'Not known by what is filtered or broken down by',
  source_not_connected: 'No product use is imported for these customers',
  no_exposure: 'Nobody was there long enough to count',
  none_retained: 'Nobody was retained',
  no_capacity: 'No CSM had time in the period',
  no_core_set_and_no_seats: 'Neither core features nor seats are known',
  cac_unknown: 'The cost of acquiring is not known',
  no_accounts: 'There are no accounts in the period',
  no_base_revenue: 'There was no revenue in the year before',
  no_churn: 'Nobody has left, so that no lifetime follows',
  no_lifespan: 'Nobody has left, so that no lifespan follows',
  no_end: 'So few leave that what they will pay has no end',
  no_mean: 'What they spend varies too much to have a mean',
  no_complete_responses: 'Nobody answered every item',
  no_conversations: 'No conversation was held',
  no_expansion: 'Nothing was expanded',
  no_forecast: 'Nothing was forecast for the period',
  no_growth: 'MRR did not grow',
  no_matured_buyers: 'Too early to tell: no buyer has had the time to buy again',
  no_repeat_buyers: 'Nobody bought again',
  no_outcomes: 'No outcome was measured lately',
  no_payers: 'Nobody paid in the period',
  no_promoters: 'No promoter has had the time to act',
  no_purchases: 'Nobody bought in the period',
  no_quota: 'No quota is set for these days',
  no_revenue: 'There was no revenue in the period',
  no_sessions: 'There was no session in the period',
  no_users: 'Nobody used the product',
  none_delivered: 'No survey was delivered in the period',
  none_entitled: 'Nobody may use the features asked about',
  nothing_paid_or_confirmed: 'Nothing was paid, or no value confirmed',
  empty_cohort: 'Nobody joined in the period',
  too_few_ages: 'Too early to tell: the cohort has not come to three ages',
  too_few_events: 'Too few events before to tell a trend',
  too_few_repeat_buyers: 'Fewer than 200 have bought again',
  group_too_small: 'A group holds fewer than five',
  no_signals: 'No signal was raised in the period',
} as const satisfies Readonly<Record<string, string>>

export type NullReason = keyof typeof NULL_REASONS
export const NULL_REASON_IDS = Object.keys(NULL_REASONS) as [NullReason, ...NullReason[]]

/** A reason as a sentence. */
export const reasonWords = (reason: NullReason | null): string => (reason === null ? 'There is nothing to count' : NULL_REASONS[reason])

/** A reason in a few words, for a bracket or a cell: "no opening customers". */
export const reasonLabel = (reason: NullReason): string => reason.replaceAll('_', ' ')
