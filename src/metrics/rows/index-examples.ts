const answer = (account: string, kind: string, score: number, item = '') => ({
  response_id: `${account} ${kind}`,
  survey_id: kind,
  kind,
  account_id: account,
  contact_id: `${account} p`,
  answered_at: '2024-03-15T12:00:00Z',
  item,
  score,
})
const outcome = (id: string, account: string, baseline: number, target: number, weight: number) => ({
  outcome_id: id,
  account_id: account,
  defined_at: '2024-01-01T12:00:00Z',
  baseline,
  target,
  weight,
})
const measured = (id: string, account: string, value: number) => ({ outcome_id: id, account_id: account, measured_at: '2024-03-10T12:00:00Z', value })

/** The customer of the worked example `cs_ce_co`: experience 77.33, outcomes 80. */
export const oneCustomer = {
  survey_response: [
    answer('0 0', 'csat', 4.2),
    answer('0 0', 'ces', 5.8),
    answer('0 0', 'csi', 8, 'satisfaction'),
    answer('0 0', 'csi', 7, 'expectancy'),
    answer('0 0', 'csi', 6, 'ideal'),
    answer('0 0', 'nps', 9),
  ],
  outcome: [outcome('o1', '0 0', 40, 20, 2), outcome('o2', '0 0', 0, 100_000, 1)],
  outcome_measurement: [measured('o1', '0 0', 28), measured('o2', '0 0', 120_000)],
}

/** A large one with experience 80 and outcomes 50, a small one the other way about. */
export const twoCustomers = {
  survey_response: [
    answer('0 0', 'csat', 4.2),
    answer('0 0', 'ces', 5.8),
    answer('0 0', 'nps', 5),
    answer('1 0', 'csat', 3),
    answer('1 0', 'ces', 4),
    answer('1 0', 'nps', 8),
  ],
  outcome: [outcome('o1', '0 0', 0, 10, 1), outcome('o2', '1 0', 0, 10, 1)],
  outcome_measurement: [measured('o1', '0 0', 5), measured('o2', '1 0', 8)],
}
