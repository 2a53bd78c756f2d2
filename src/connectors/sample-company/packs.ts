import type { Account } from './account.ts'
import { DAY } from './calendar.ts'
import type { Minute } from './calendar.ts'
import { CURRENCY_FACTOR } from './contracts.ts'
import type { Charge, Contracts } from './contracts.ts'
import { idAt } from './product-use.ts'
import { BUYING, CURRENCIES } from './rates.ts'
import type { Story } from './story.ts'
import { standingOf, voiceOf } from './voice.ts'

/**
 * Credits that are bought when they are needed, with or without a subscription: who buys does so at a pace of their own, may
 * stop for good after any purchase, and spends about as much each time. The models of Fader and Hardie (BG/NBD, Gamma-Gamma)
 * are how this is drawn.
 */
export function packsOf(story: Story, account: Account, contracts: Contracts): Charge[] {
  const standing = standingOf(story, account, contracts)
  if (standing === null) return []
  const random = voiceOf(story, account, 12)
  const { r, alpha, a, b, p, q, v } = BUYING
  const pace = random.gamma(r) / alpha
  const [stops, stays] = [random.gamma(a), random.gamma(b)]
  const spend = random.gamma(q) / v
  if (!random.chance(story.packShare)) return []
  const packs: Charge[] = []
  for (let at: Minute = standing.from + random.whole(5, 90) * DAY; at < story.end;) {
    packs.push({
      id: `${account.id}-K${packs.length + 1}`,
      account: idAt(account, at),
      at,
      kind: 'one_off',
      amount: Math.max(100, Math.round((random.gamma(p) / spend) * 100 * (CURRENCY_FACTOR[account.currency] ?? 1))),
      currency: CURRENCIES[account.currency] ?? '',
      subscription: '',
      product: 'credits',
      months: 0,
      from: at,
      until: at + DAY,
    })
    if (random.chance(stops / (stops + stays))) break
    at += Math.max(1, Math.round((-Math.log(1 - random.unit()) / pace) * DAY))
  }
  return packs
}
