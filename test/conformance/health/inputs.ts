import { readable, readingsOf } from '../../../src/health/account-day.ts'
import type { Contract } from '../../../src/health/contracts.ts'
import { DEFAULT_MODEL } from '../../../src/health/default-model.ts'
import type { HealthModel, InputNode, MissingPolicy } from '../../../src/health/model.ts'
import type { Point } from '../../../src/health/normalise.ts'
import { anchors, normalise, steps } from '../../../src/health/normalise.ts'
import type { Reading, Readings } from '../../../src/health/score.ts'
import { freshness, weighted } from '../../../src/health/score.ts'
import { plainBand, shownBand } from '../../../src/health/bands.ts'
import { healthOf } from '../../../src/health/health.ts'
import { addDays } from '../../../src/kernel/period.ts'
import type { Example, Worked } from './example.ts'
import type { factsOf } from './facts.ts'
import { accountDay, response, invoice, terms, ticket } from './facts.ts'

const DAY = '2024-06-30'
const back = (days: number) => addDays(DAY, -days)

export const present = (value: number, own: { age?: number; n?: number } = {}): Reading => ({ value, age: 0, n: 100, ...own })
export const USUAL: Readings = { usage: present(18), support: present(5), feedback: present(8), billing: present(0.9) }
const FEEDBACK_MISSING: Readings = { ...USUAL, feedback: { missing: 'stale', last: { value: 6, age: 200 } } }

const anchored = ({ input }: Example) => normalise(anchors(...(input.anchors as Point[])), input.value as number)
const fresh = ({ input }: Example) => freshness(input.age as number, input.max_age as number)

const withPolicy = (missing: MissingPolicy): HealthModel => ({
  ...DEFAULT_MODEL,
  families: DEFAULT_MODEL.families.map((family) => (family.id === 'feedback' && family.kind === 'input' ? { ...family, missing } : family)),
})

const input = (id: string, weight: number): InputNode => ({
  kind: 'input',
  id,
  name: id,
  reads: { kind: 'metric', metric: id, options: {}, span: null },
  weight,
  scale: anchors([0, 0], [100, 100]),
  max_age: 30,
  need: 1,
  missing: { kind: 'leave_out' },
})
const GROUPED: HealthModel = {
  ...DEFAULT_MODEL,
  families: [
    { kind: 'group', id: 'use', name: 'use', weight: 60, children: [input('x', 1), input('y', 3)] },
    { kind: 'group', id: 'voice', name: 'voice', weight: 40, children: [input('z', 1)] },
  ],
}
function grouped(readings: Readings) {
  const found = weighted(GROUPED, readings)
  return { ...found, shares: Object.fromEntries(found.contributions.map(({ id, share }) => [id, share])) }
}

const reading = (id: string, facts: Parameters<typeof factsOf>[0], fleet = {}) => {
  const found = readingsOf(readable(accountDay(DAY, facts, fleet)), DEFAULT_MODEL)[id]
  return found !== undefined && 'missing' in found ? found.missing : found
}
const contract = (own = {}): Contract[] => [[terms(own)]]
const USED = [{ day: back(3), user: 'u1' }]

export const inputExamples: Worked = {
  anchors_between: anchored,
  anchors_at: anchored,
  anchors_clamped: anchored,
  anchors_falling: anchored,
  anchors_floor: anchored,
  bands_preset: ({ input: { bands, values } }) => (values as number[]).map((value) => normalise(steps(...(bands as Point[])), value)),
  fresh_half: fresh,
  fresh_three_quarters: fresh,
  fresh_limit: fresh,
  health_missing_feedback: () => healthOf(DEFAULT_MODEL, { ...USUAL, feedback: { missing: 'not_connected' } }, []),
  confidence_parts: () =>
    weighted(DEFAULT_MODEL, {
      usage: present(18, { age: 10.5 }),
      support: present(5),
      feedback: present(8, { age: 135, n: 1 }),
      billing: present(0.9, { n: 2 }),
    }),
  missing_worst: () => weighted(withPolicy({ kind: 'worst' }), FEEDBACK_MISSING),
  missing_last_known: () => weighted(withPolicy({ kind: 'last_known', max_age: 300 }), FEEDBACK_MISSING),
  health_low_coverage: () => weighted(DEFAULT_MODEL, { usage: present(18) }),
  groups_siblings_first: () => grouped({ x: { missing: 'stale' }, y: present(70), z: present(90) }),
  hidden_input_not_green: ({ input: { weighted: score, with_missing_counted_0: low } }) =>
    shownBand({ held: plainBand(score as number), low: low as number, missing_families: [], missing_inputs: ['x'] }, []),
  groups_under_half: () => grouped({ x: present(70), y: { missing: 'stale' }, z: present(90) }),
  ledger_real_zero: () => reading('usage', { use: [{ day: '2024-02-01', user: 'u1' }] }),
  ledger_never_seen: () => reading('usage', {}),
  ledger_stale_source: () => reading('usage', { use: [{ day: back(15), user: 'u1' }] }, { newest_use: back(15) }),
  ledger_silent: () => reading('support', { contracts: contract(), use: [{ day: back(40), user: 'u1' }] }),
  ledger_clear: () => reading('support', { contracts: contract(), use: USED }),
  support_floor_of_seats: () => reading('support', { contracts: contract({ seats: 10 }), use: USED, tickets: [ticket(back(1))] }),
  feedback_latest_per_person: () =>
    reading('feedback', { responses: [response(back(60), 2), response(back(50), 9), response(back(29), 4, { kind: 'csat', contact: 'p2', scale: [1, 5] })] }),
  billing_yearly_not_stale: () => reading('billing', { contracts: contract({ interval_months: 12 }), invoices: [invoice(back(366), back(366))] }),
  billing_monthly_stale: () => reading('billing', { contracts: contract(), invoices: [invoice(back(61), back(61))] }),
  billing_grace: () => reading('billing', { contracts: contract(), invoices: [invoice(back(59), back(56)), invoice(back(28), back(24))] }),
}
