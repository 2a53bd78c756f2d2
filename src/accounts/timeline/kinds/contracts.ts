import { subscriptionVersion } from '../../../facts/subscription-version.ts'
import { groupBy } from '../../../health/group.ts'
import type { Version } from '../../version.ts'
import type { Known, Told } from '../happening.ts'
import { defineTimelineKind, joined, moneyOf, plain } from '../happening.ts'

const priceOf = ({ values }: Version): string | null => {
  const { quantity, unit_amount = null, currency = null, interval_months, amount_per } = values
  const each = moneyOf(unit_amount, currency)
  if (each === null) return null
  const months = Number(interval_months ?? 1)
  const time = amount_per === 'year' ? 'a year' : amount_per === 'month' || months === 1 ? 'a month' : months === 12 ? 'a year' : `for ${months} months`
  return amount_per === null || amount_per === undefined || amount_per === 'unit' ? `${String(quantity)} × ${each} ${time}` : `${each} ${time}`
}

/** What one set of terms says that those before it did not. */
function saidBy(known: Known, own: Version, before: Version | undefined): Told[] {
  const { subscription_id, status, product, plan, effective_at = null, canceled_at = null, ends_at = null, auto_renew } = own.values
  const name = joined([product, plan], ' ') ?? `Contract ${String(subscription_id)}`
  const told: Told[] = []
  const was = before?.values
  if (before === undefined || was?.status !== status)
    told.push({
      of: own,
      what: 'terms',
      at: effective_at,
      title: `${name}: ${before === undefined && status === 'active' ? 'contract begins' : plain(status ?? null)}`,
      detail: joined([String(subscription_id), status === 'ended' ? own.values.reason : priceOf(own)]),
      tone: status === 'ended' || status === 'past_due' ? 'bad' : 'neutral',
    })
  else if (priceOf(before) !== priceOf(own) || was?.plan !== plan)
    told.push({ of: own, what: 'terms', at: effective_at, title: `${name}: other terms`, detail: joined([priceOf(before), priceOf(own)], ' → ') })
  if (canceled_at !== null && (was?.canceled_at ?? null) === null && status !== 'ended')
    told.push({
      of: own,
      what: 'notice',
      at: canceled_at,
      title: `${name}: notice given`,
      detail: ends_at === null ? null : `ends ${known.dateOf(ends_at)}`,
      tone: 'bad',
    })
  if (auto_renew === 'no' && was?.auto_renew === 'yes')
    told.push({ of: own, what: 'auto-renewal off', at: effective_at, title: `${name}: auto-renewal switched off`, tone: 'bad' })
  if (auto_renew === 'yes' && was?.auto_renew === 'no')
    told.push({ of: own, what: 'auto-renewal on', at: effective_at, title: `${name}: auto-renewal switched on`, tone: 'good' })
  return told
}

export const contracts = defineTimelineKind({
  id: 'contracts',
  name: 'Contracts',
  of: [subscriptionVersion],
  tell(known) {
    const byContract = groupBy(known.of(subscriptionVersion), ({ source, values }) => `${source} ${String(values.subscription_id)}`)
    return [...byContract.values()].flatMap((rows) => {
      const inOrder = rows.toSorted((a, b) => (String(a.values.effective_at) < String(b.values.effective_at) ? -1 : 1))
      return inOrder.flatMap((own, i) => saidBy(known, own, inOrder[i - 1]))
    })
  },
})
