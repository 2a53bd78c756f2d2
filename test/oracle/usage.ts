import { divideHalfEven, parseMicros } from '../../src/kernel/money.ts'
import { addMonths, dayOf, startOf } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import type { Settings } from '../../src/kernel/settings.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { groupBy } from './group.ts'
import type { Timeline } from './terms.ts'

/**
 * Metered charges in MRR (C8, `usage_in_mrr`): during a month, a third of what was metered in the three calendar months
 * before it, per currency, as if it were one more subscription without product and plan.
 */
export function usageTimelines(account: string, charges: readonly Row[], settings: Settings): Timeline[] {
  if (settings.usage_in_mrr !== 'trailing_3_month_mean') return []
  const metered = charges.filter((row) => cell(row, 'kind') === 'usage')
  return [...groupBy(metered, (row) => cell(row, 'currency'))].map(([currency, rows]) => {
    const months = rows.map((row) => ({ row, month: startOf('month', dayOf(new Date(cell(row, 'charged_at')), settings.time_zone)) }))
    const subscription = `usage ${currency} ${account}`
    const at = (day: Day) => {
      const month = startOf('month', day)
      const from = addMonths(month, -3)
      const sum = months
        .filter((each) => each.month >= from && each.month < month)
        .reduce((all, each) => all + (parseMicros(cell(each.row, 'amount')) ?? 0n), 0n)
      const mrr = sum <= 0n ? 0n : divideHalfEven(sum, 3n)
      const row: Row = { batch: 1, quantity: '' }
      return {
        subscription,
        account,
        status: mrr > 0n ? 'active' : 'ended',
        version: { row, from: month },
        mrr,
        arr: mrr > 0n ? 4n * sum : 0n,
        gross: mrr,
        currency,
        product: '',
        plan: '',
      }
    }
    return {
      subscription,
      at,
      saidOn: () => [],
      days: [...new Set(months.flatMap(({ month }) => [1, 2, 3, 4].map((after) => addMonths(month, after))))].sort(),
    }
  })
}
