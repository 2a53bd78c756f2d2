import { addDays, addMonths } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Row } from './company.ts'
import { instantOn, randomDay } from './random-subscriptions.ts'
import type { World } from './random-subscriptions.ts'

const KINDS = ['recurring', 'recurring', 'recurring', 'one_off', 'usage', 'refund', 'tax', 'voided']

export function chargesOf(world: World, account: string, subscriptions: readonly string[]): Row[] {
  const { random } = world
  let day = randomDay(random, world.since, '2024-06-01')
  return Array.from({ length: random.int(0, 12) }, (_, i) => {
    const kind = random.pick(KINDS)
    const size = random.pick(['100', '0.01', '350.55', '1200', '33.333333'])
    const served = random.chance(0.4)
    const charged = day
    day = addDays(day, random.pick([0, 1, 14, 30, 31, 60, 92, 200]))
    return {
      batch: 1,
      charge_id: `${account}-c${i}`,
      account_id: account,
      charged_at: instantOn(world, charged),
      kind,
      amount: kind === 'refund' || random.chance(0.05) ? `-${size}` : size,
      currency: random.pick(world.currencies),
      subscription_id: random.chance(0.4) && subscriptions.length > 0 ? random.pick(subscriptions) : '',
      product: random.chance(0.3) ? random.pick(['core', 'insights']) : '',
      covers_months: kind === 'recurring' ? random.pick(['', '', '1', '12']) : '',
      service_from: served ? addDays(charged, random.int(-3, 3)) : '',
      service_until: served ? addDays(charged, random.pick([-5, 4, 31, 365])) : '',
    }
  })
}

/** Stored rates with gaps; sometimes they begin too late, so that money has no rate (C19). */
export function ratesOf(world: World, reporting: string, constant: boolean): Row[] {
  const { random } = world
  const per = random.pick([...new Set([reporting, 'USD', ...world.currencies])])
  const start: Record<string, number> = { USD: 1, EUR: 1.1, GBP: 1.25, JPY: 0.0067 }
  return [...new Set([reporting, ...world.currencies])]
    .filter((currency) => currency !== per)
    .flatMap((currency) => {
      const first: Day = random.chance(0.12) ? randomDay(random, '2023-09-01', '2024-05-01') : '2021-01-31'
      const days = new Set<Day>([first, ...(constant ? [] : Array.from({ length: random.int(0, 12) }, () => randomDay(random, first, '2024-08-20')))])
      return [...days].map((date) => ({
        batch: 1,
        date,
        currency,
        per,
        rate: (((start[currency] ?? 1) / (start[per] ?? 1)) * (constant ? 1 : 0.9 + random.next() / 5))
          .toFixed(random.pick([2, 4, 6]))
          .replace(/^0\.?0*$/, '0.01'),
      }))
    })
}

export function costsOf(world: World): Row[] {
  const { random } = world
  return Array.from({ length: random.int(0, 9) }, (_, i) => addMonths('2023-11-01', i)).flatMap((month) =>
    random.chance(0.8)
      ? [
          {
            batch: 1,
            month,
            category: random.pick(['cs_salaries', 'tools']),
            amount: random.pick(['2700', '199.99']),
            currency: random.pick(world.currencies),
            purpose: random.pick(['retention', 'retention', 'acquisition']),
            share: random.pick(['1', '0.5', '0.333333']),
          },
        ]
      : [],
  )
}

export function csmsOf(world: World): Row[] {
  const { random } = world
  return ['mira', 'noor', 'tess'].flatMap((csm_id) => {
    if (random.chance(0.2)) return []
    const dates = random.chance(0.6)
      ? ['']
      : [instantOn(world, randomDay(random, '2023-03-01', '2024-02-01')), instantOn(world, randomDay(random, '2024-02-01', '2024-07-01'))]
    return dates.map((effective_at) => ({
      batch: 1,
      csm_id,
      name: '',
      team: random.pick(['north', 'south', '']),
      fte: random.pick(['1', '0.8', '0']),
      ramp_factor: random.pick(['1', '0.5']),
      time_share: random.pick(['1', '0.75']),
      effective_at,
    }))
  })
}

/** A history of one attribute (or of the CSM): a snapshot without a date, or dated values, one of them perhaps empty. */
export function historyOf(world: World, row: Record<string, string>, column: string, values: readonly string[]): Row[] {
  const { random } = world
  if (random.chance(0.15)) return []
  if (random.chance(0.5)) return [{ batch: 1, ...row, [column]: random.pick(values), effective_at: '' }]
  const days = new Set(Array.from({ length: random.int(1, 3) }, () => randomDay(random)))
  const dated = [...days].map((day) => ({ batch: 1, ...row, [column]: random.chance(0.1) ? '' : random.pick(values), effective_at: instantOn(world, day) }))
  // A history with an open beginning: what held from the start has no date.
  return random.chance(0.3) ? [...dated, { batch: 1, ...row, [column]: random.pick(values), effective_at: '' }] : dated
}
