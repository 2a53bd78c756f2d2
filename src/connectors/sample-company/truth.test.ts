import { beforeAll, describe, expect, it } from 'vitest'
import { EFFECTS, RATES } from './rates.ts'
import { cell, daysFrom, noticeRate, readCompany, usualCompany } from './read-company.ts'
import type { ReadCompany, Row, Span } from './read-company.ts'

const ENDS = { endMonth: '2025-06' }
let usual: ReadCompany
let large: ReadCompany
beforeAll(async () => {
  usual = await usualCompany()
  large = await readCompany({ ...ENDS, accounts: 20_000, useRate: 0, supportRate: 0 })
})

const effect = (company: ReadCompany, id: string) => {
  const found = company.truth.effects.find((planted) => planted.id === id)
  if (found === undefined) throw new Error(`no effect ${id}`)
  return found
}
const span = (company: ReadCompany, id: string): Span => {
  const { from, until } = effect(company, id)
  return { from: from ?? company.truth.first_day, until: until ?? company.truth.last_day }
}
/** The times in which nothing is planted on everybody: the crisis of support meets one industry of eight. */
const calm = (company: ReadCompany): Span[] => [
  { from: company.truth.first_day, until: span(company, 'price_rise').from },
  { from: span(company, 'price_rise').until, until: span(company, 'competitor_launch').from },
  { from: span(company, 'competitor_launch').until, until: span(company, 'csm_handover').from },
]
const all: (account: Row, version: Row) => boolean = () => true

describe('what was planted is in the rows', () => {
  it('leaves at the usual rates where nothing is planted', () => {
    const bought = new Set(large.truth.sources.bought)
    for (const segment of ['SMB', 'Mid-market'] as const) {
      const { rate } = noticeRate(
        large,
        (account) => account.segment === segment && bought.has(cell(account, 'account_id')) && account.region !== 'Latin America',
        calm(large),
      )
      const told = RATES.monthly_notice[segment] * RATES.source_factor.bought
      expect(rate / told).toBeGreaterThan(0.85)
      expect(rate / told).toBeLessThan(1.2)
    }
  })

  it('triples in the cell that the competitor hits, for one quarter', () => {
    const hit = (account: Row): boolean => account.segment === 'SMB' && account.region === 'Europe'
    const [during, before] = [noticeRate(large, hit, [span(large, 'competitor_launch')]), noticeRate(large, hit, calm(large))]
    expect(during.rate / before.rate).toBeGreaterThan(2.5)
    expect(during.rate / before.rate).toBeLessThan(3.6)
    const others = (account: Row): boolean => !hit(account)
    const elsewhere = noticeRate(large, others, [span(large, 'competitor_launch')]).rate / noticeRate(large, others, calm(large)).rate
    expect(elsewhere).toBeGreaterThan(0.8)
    expect(elsewhere).toBeLessThan(1.25)
  })

  it('can be seen in the usual sample, not only in a large one', () => {
    const hit = (account: Row): boolean => account.segment === 'SMB' && account.region === 'Europe'
    const during = noticeRate(usual, hit, [span(usual, 'competitor_launch')])
    expect(during.notices).toBeGreaterThanOrEqual(6)
    expect(during.rate / noticeRate(usual, hit, calm(usual)).rate).toBeGreaterThan(2.2)
    const shaken = span(usual, 'outage')
    expect(noticeRate(usual, (a) => a.segment === 'SMB', [shaken]).rate / noticeRate(usual, (a) => a.segment === 'SMB', calm(usual)).rate).toBeGreaterThan(1.8)
  })

  it('is always harder in one region', () => {
    const small =
      (region: string) =>
      (account: Row): boolean =>
        account.segment === 'SMB' && account.region === region
    const ratio = noticeRate(large, small('Latin America'), calm(large)).rate / noticeRate(large, small('North America'), calm(large)).rate
    expect(ratio).toBeGreaterThan(EFFECTS.hard_region.factor * 0.85)
    expect(ratio).toBeLessThan(EFFECTS.hard_region.factor * 1.15)
  })

  it('answers the price rise on one plan with notices and fewer seats', () => {
    const window = span(large, 'price_rise')
    const on =
      (plan: string) =>
      (_: Row, version: Row): boolean =>
        version.plan === plan
    const ratio = (plan: string): number => noticeRate(large, on(plan), [window]).rate / noticeRate(large, on(plan), calm(large)).rate
    expect(ratio('team')).toBeGreaterThan(1.65)
    expect(ratio('team')).toBeLessThan(2.4)
    expect(ratio('starter')).toBeLessThan(1.3)
    let [raised, cut] = [0, 0]
    for (const list of large.subscriptions())
      for (const [i, row] of list.entries()) {
        if (row.reason !== 'price') continue
        raised++
        expect(row.plan).toBe('team')
        expect(Number(row.unit_amount) / Number(list[i - 1]?.unit_amount)).toBeCloseTo(1.18, 2)
        const next = list[i + 1]
        if (next !== undefined && daysFrom(cell(row, 'effective_at'), cell(next, 'effective_at')) < 21 && Number(next.quantity) <= 0.8 * Number(row.quantity))
          cut++
      }
    expect(cut / raised).toBeGreaterThan(0.18)
    expect(cut / raised).toBeLessThan(0.32)
  })

  it('leaves by segment after the outage', () => {
    for (const segment of ['SMB', 'Mid-market'] as const) {
      const inSegment = (account: Row): boolean => account.segment === segment
      const ratio = noticeRate(large, inSegment, [span(large, 'outage')]).rate / noticeRate(large, inSegment, calm(large)).rate
      expect(ratio / EFFECTS.outage.factor[segment]).toBeGreaterThan(0.85)
      expect(ratio / EFFECTS.outage.factor[segment]).toBeLessThan(1.18)
    }
  })

  it('shakes the accounts that were handed over', () => {
    const handed = new Set(effect(large, 'csm_handover').accounts)
    const history = new Map<string, string[]>()
    for (const row of large.rows('csm_assignments.csv'))
      history.set(cell(row, 'account_id'), [...(history.get(cell(row, 'account_id')) ?? []), cell(row, 'csm_id')])
    expect(
      [...history]
        .filter(([, csms]) => csms.length === 2)
        .map(([id]) => id)
        .toSorted(),
    ).toEqual([...handed].toSorted())
    for (const csms of history.values()) if (csms.length === 2) expect(csms[0]).toBe('jonas')
    const window = [span(large, 'csm_handover')]
    const [moved, kept] = [true, false].map(
      (is) =>
        noticeRate(
          large,
          (account) => account.segment === 'SMB' && account.region === 'North America' && handed.has(cell(account, 'account_id')) === is,
          window,
        ).rate,
    )
    expect((moved ?? 0) / (kept ?? 1)).toBeGreaterThan(1.25)
    expect((moved ?? 0) / (kept ?? 1)).toBeLessThan(2.3)
  })

  it('gives one CSM a harder portfolio, not worse work', () => {
    const owned = new Set(effect(large, 'harder_book').accounts)
    const mine = (account: Row): boolean => owned.has(cell(account, 'account_id'))
    const others = (account: Row): boolean => !mine(account) && cell(account, 'csm') !== ''
    expect(noticeRate(large, mine, calm(large)).rate / noticeRate(large, others, calm(large)).rate).toBeGreaterThan(1.3)
    const alike =
      (is: boolean) =>
      (account: Row): boolean =>
        mine(account) === is && account.segment === 'SMB' && account.region === 'Latin America'
    const ratio = noticeRate(large, alike(true), calm(large)).rate / noticeRate(large, alike(false), calm(large)).rate
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.35)
  })

  it('keeps earned accounts longer', () => {
    const { sources } = large.truth
    const rate = (ids: readonly string[]): number => {
      const set = new Set(ids)
      return noticeRate(large, (account) => set.has(cell(account, 'account_id')), calm(large)).rate
    }
    const [earned, bought, unknown] = [rate(sources.earned), rate(sources.bought), rate(sources.unknown)]
    expect(earned / bought).toBeGreaterThan(0.38)
    expect(earned / bought).toBeLessThan(0.6)
    expect(unknown).toBeGreaterThan(earned)
    expect(unknown / bought).toBeGreaterThan(0.7)
  })

  it('renews yearly contracts with an uplift', () => {
    const uplifts: number[] = []
    for (const list of large.subscriptions())
      for (const [i, row] of list.entries())
        if (row.reason === 'renewal' && row.plan !== 'team') uplifts.push(Number(row.unit_amount) / Number(list[i - 1]?.unit_amount) - 1)
    const share = uplifts.filter((uplift) => uplift > 0).length / uplifts.length
    expect(share).toBeGreaterThan(0.66)
    expect(share).toBeLessThan(0.74)
    expect(Math.min(...uplifts)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...uplifts)).toBeLessThan(0.0705)
  })

  it('pauses, fails to pay, returns, merges and tests', () => {
    const versions = large.rows('subscription_versions.csv')
    const having = (reason: string): string[] =>
      [...new Set(versions.filter((row) => row.reason === reason).map((row) => cell(row, 'account_id').replace('-OLD', '')))].toSorted()
    expect(having('pause')).toEqual(large.truth.paused.toSorted())
    expect(having('delinquent')).toEqual(large.truth.delinquent.toSorted())
    expect(having('win_back')).toEqual(large.truth.returned.toSorted())
    for (const kind of [usual.truth.paused, usual.truth.delinquent, usual.truth.returned, usual.truth.merged, usual.truth.internal, usual.truth.moved_up])
      expect(kind.length).toBeGreaterThan(1)
    const accounts = usual.rows('accounts.csv')
    expect(accounts.filter((row) => row.is_internal === 'true' && row.merged_into === '').map((row) => row.account_id)).toEqual(usual.truth.internal)
    expect(accounts.filter((row) => row.merged_into !== '').map((row) => ({ duplicate: row.account_id, into: row.merged_into }))).toMatchObject(
      usual.truth.merged.map(({ duplicate, into }) => ({ duplicate, into })),
    )
  })

  it('goes on under the lasting account with the same price on the day of a merge', () => {
    const lists = large.subscriptions()
    let merges = 0
    for (const { duplicate, into } of large.truth.merged) {
      const last = lists.filter((list) => list[0]?.account_id === duplicate && list[0].product === 'core').at(-1)
      const first = lists.find((list) => list[0]?.account_id === into && list[0].product === 'core')?.[0]
      const end = last?.at(-1)
      if (first === undefined || end === undefined || first.reason === 'win_back') continue
      merges++
      expect(first).toMatchObject({ status: 'active', quantity: end.quantity, unit_amount: end.unit_amount, currency: end.currency })
      expect(first.effective_at?.slice(0, 10)).toBe(end.effective_at?.slice(0, 10))
      expect(end.status).toBe('ended')
    }
    expect(merges).toBeGreaterThan(50)
  })

  it('moves through segments as the attribute history says', () => {
    const history = large.rows('account_attributes.csv').filter((row) => row.attribute === 'segment')
    expect(history.length).toBe(large.truth.moved_up.length * 2)
    const now = new Map(large.rows('accounts.csv').map((row) => [row.account_id, row.segment]))
    for (const { account, to } of large.truth.moved_up) expect(now.get(account)).toBe(to)
    expect(noticeRate(large, all, calm(large)).notices).toBeGreaterThan(1000)
  })
})
