import { addDays, addMonths } from '../../kernel/period.ts'
import { dayText, instantText } from './calendar.ts'
import { CSMS, LEAVING_CSM, NEW_CSM } from './rates.ts'
import { Random } from './random.ts'
import type { Story } from './story.ts'

/** Files whose length does not depend on the number of accounts, as whole texts. */

const CSM_NAMES: Record<(typeof CSMS)[number], readonly [name: string, team: string]> = {
  ines: ['Ines Moreau', 'Enterprise'],
  tomas: ['Tomas Halvorsen', 'Mid-market'],
  priya: ['Priya Raman', 'Growth'],
  jonas: ['Jonas Keller', 'Growth'],
  mara: ['Mara Okafor', 'Growth'],
}
const RAMP_MONTHS = 3
const STREAM_OF_RATES = -1
const STREAM_OF_COSTS = -2

export function csmsText(story: Story): string {
  const lines = ['csm_id,name,team,fte,ramp_factor,time_share,effective_at']
  CSMS.forEach((csm, i) => {
    const [name, team] = CSM_NAMES[csm]
    const row = (fte: number, ramp: number, day: string): void => void lines.push([csm, name, team, fte, ramp, 0.8, day].join(','))
    const starts = dayText(story.newCsmStarts)
    if (i === NEW_CSM) {
      row(1, 0.5, starts)
      row(1, 1, addMonths(starts, RAMP_MONTHS))
      return
    }
    row(i === 1 ? 0.8 : 1, 1, story.firstDay)
    if (i === LEAVING_CSM) row(0, 1, dayText(story.handover.from))
  })
  return `${lines.join('\n')}\n`
}

/** Closing rates of the working days, from the one before the first month on. */
export function exchangeRatesText(story: Story): string {
  const random = new Random(story.seed, STREAM_OF_RATES)
  const lines = ['date,currency,per,rate']
  const rates: [currency: string, rate: number, usual: number][] = [
    ['EUR', 1.09, 1.09],
    ['GBP', 1.27, 1.27],
  ]
  for (let day = addDays(story.firstDay, -20); day < story.lastDay; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    if (weekday === 0 || weekday === 6) continue
    for (const entry of rates) {
      const [currency, rate, usual] = entry
      // A sum of four draws is near enough to a normal one; the pull to the usual rate keeps the walk in a believable range.
      const noise = random.unit() + random.unit() + random.unit() + random.unit() - 2
      entry[1] = rate * (1 + noise * 0.006) + (usual - rate) * 0.006
      lines.push(`${day},${currency},USD,${entry[1].toFixed(4)}`)
    }
  }
  return `${lines.join('\n')}\n`
}

export function costsText(story: Story): string {
  const random = new Random(story.seed, STREAM_OF_COSTS)
  const lines = ['month,category,amount,currency,purpose,share']
  const size = story.accounts / 400
  for (let m = 0; m < story.months; m++) {
    const month = dayText(story.calendar.start(m))
    const grown = size * (0.45 + (story.joined[m] ?? 1) * 0.75)
    const row = (category: string, amount: number, purpose: string, share: number): void =>
      void lines.push([month, category, (Math.round(amount * grown * random.between(0.95, 1.05) * 100) / 100).toFixed(2), 'USD', purpose, share].join(','))
    row('cs_salaries', 31_000, 'retention', 0.85)
    row('support_salaries', 14_000, 'retention', 0.7)
    row('cs_tools', 2_400, 'retention', 1)
    row('training', 1_500, 'retention', 1)
    row('sales_salaries', 38_000, 'acquisition', 0.9)
    row('marketing', 22_000, 'acquisition', 1)
  }
  return `${lines.join('\n')}\n`
}

export const optionalInstant = (at: number): string => (at === 0 || at === Infinity ? '' : instantText(at))
