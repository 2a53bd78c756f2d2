import { PERIODS, ask, label } from './subject.ts'
import type { Property, Subject } from './subject.ts'

const SHARES = [
  'survey_response_rate',
  'csat',
  'ces',
  'high_effort_share',
  'csat_mean',
  'csm_csat',
  'interview_coverage',
  'referenceable_rate',
  'referring_rate',
  'referral_conversion',
  'promoter_activation',
  'value_realization',
  'value_realized_accounts',
  'outcomes_defined_rate',
  'billing_regularity',
] as const
const INDEXES = ['ce_index', 'co_index', 'cs_index', 'csi'] as const

const everyPeriod =
  (of: (subject: Subject, period: (typeof PERIODS)[number]) => Promise<string[]>) =>
  async (subject: Subject): Promise<string[]> => {
    const found: string[] = []
    for (const period of PERIODS) found.push(...(await of(subject, period)))
    return found
  }

const i12: Property = {
  id: 'I12',
  says: 'NPS lies in -100..100 and is its promoters less its detractors; its groups are all who answered',
  check: everyPeriod(async ({ answers }, period) => {
    const { value, parts } = await answers.metric('nps', period)
    const { promoters, passives, detractors, answers: all } = parts
    if (value === null) return []
    const found = value < -100 || value > 100 ? [`${label('nps', period)}: ${value}`] : []
    if (promoters == null || passives == null || detractors == null || all == null) return found
    if (promoters + passives + detractors !== all) found.push(`${label('nps', period)}: ${promoters} + ${passives} + ${detractors} are not ${all}`)
    if (Math.abs((100 * (promoters - detractors)) / all - value) > 1e-9) found.push(`${label('nps', period)}: ${value} is not made of its groups`)
    return found
  }),
}

const i13: Property = {
  id: 'I13',
  says: 'shares lie in 0..1',
  check: everyPeriod(async ({ answers }, period) => {
    const found = await ask(answers, SHARES, period)
    const failures = SHARES.filter((id) => (found[id].value ?? 0) < 0 || (found[id].value ?? 0) > 1).map((id) => `${label(id, period)}: ${found[id].value}`)
    return failures
  }),
}

const i15: Property = {
  id: 'I15',
  says: 'indexes lie in 0..100; with one customer CS is not above CE or CO, and 0 where one of them is',
  check: everyPeriod(async ({ answers }, period) => {
    const found = await ask(answers, INDEXES, period)
    const failures = INDEXES.filter((id) => (found[id].value ?? 0) < 0 || (found[id].value ?? 0) > 100 + 1e-9).map(
      (id) => `${label(id, period)}: ${found[id].value}`,
    )
    for (const [account, cs] of await answers.breakdown('cs_index', 'account', period)) {
      // Only an account by itself: of many, each index weighs other accounts.
      if (account === '(none)') continue
      const [ce, co] = [
        (await answers.breakdown('ce_index', 'account', period)).get(account)?.value ?? null,
        (await answers.breakdown('co_index', 'account', period)).get(account)?.value ?? null,
      ]
      if (cs.value === null || ce === null || co === null) continue
      if (cs.value > Math.min(ce, co) + 1e-9 || (cs.value === 0) !== (ce === 0 || co === 0))
        failures.push(`${label('cs_index', period)} of ${account}: ${cs.value} from ${ce} and ${co}`)
    }
    return failures
  }),
}

export const voiceProperties: readonly Property[] = [i12, i13, i15]
