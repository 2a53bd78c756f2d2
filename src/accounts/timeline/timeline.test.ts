import { describe, expect, test } from 'vitest'
import { changesBetween } from '../changes.ts'
import type { FactValue, Undo, Version } from '../version.ts'
import { knownAt } from '../version.ts'
import { happeningsOfHealth, happeningsOfUse } from './rule-happenings.ts'
import { TIMELINE_KINDS } from './timeline-kinds.ts'
import { happeningsAt, pageOf } from './timeline.ts'
import { RECORDED } from '../record.ts'

const ZONE = 'Europe/Berlin'
const at = (day: string): string => `${day}T10:00:00.000000Z`
const told = (fact: string, id: string, recorded: string, values: Record<string, FactValue>, more: Partial<Version> = {}): Version => ({
  fact,
  source: 'crm',
  source_id: id,
  recorded_at: at(recorded),
  import_id: 'i1',
  row_number: '0',
  deleted: false,
  values,
  ...more,
})
const invoice = (recorded: string, values: Record<string, FactValue> = {}): Version =>
  told('invoice', 'I1', recorded, {
    invoice_id: 'I1',
    issued_on: '2025-03-01',
    due_on: '2025-03-15',
    paid_on: null,
    amount: '720',
    currency: 'USD',
    status: 'open',
    ...values,
  })

const knownOn = (versions: readonly Version[], day: string, undos: readonly Undo[] = []) => happeningsAt({ versions, undos }, at(day), ZONE)
const between = (versions: readonly Version[], since: string, now: string, undos: readonly Undo[] = []) =>
  changesBetween(knownOn(versions, since, undos), knownOn(versions, now, undos), { since: at(since), now: at(now) })
const said = (changes: readonly { how: string; title: string }[]): string[] => changes.map(({ how, title }) => `${how}: ${title}`)

describe('what changed since somebody last looked', () => {
  test('is what happened since, and what was learnt of before', () => {
    const versions = [
      invoice('2025-03-01'),
      told('ticket', 'T1', '2025-03-20', { ticket_id: 'T1', created_at: at('2025-03-18'), priority: 'urgent', subject: 'Cannot log in' }),
      told('ticket', 'T2', '2025-03-20', { ticket_id: 'T2', created_at: at('2025-03-02'), priority: 'low', subject: 'Old' }),
      invoice('2025-03-20', { paid_on: '2025-03-12', status: 'paid' }),
    ]
    const { happened, learnt } = between(versions, '2025-03-16', '2025-03-21')
    expect(said(happened)).toEqual(['happened: Urgent ticket T1 opened'])
    expect(said(learnt)).toEqual(['late: Invoice I1 paid in time', 'late: Ticket T2 opened', 'withdrawn: Invoice I1 due'])
  })

  test('an invoice that was to be due and is paid in time is only paid', () => {
    const versions = [invoice('2025-03-01'), invoice('2025-03-13', { paid_on: '2025-03-12', status: 'paid' })]
    const { happened, learnt } = between(versions, '2025-03-10', '2025-03-14')
    expect([said(happened), said(learnt)]).toEqual([['happened: Invoice I1 paid in time'], []])
  })

  test('what was known to come has happened once its day is over', () => {
    const { happened, learnt } = between([invoice('2025-03-01')], '2025-03-10', '2025-03-20')
    expect([said(happened), said(learnt)]).toEqual([['happened: Invoice I1 due'], []])
    expect(between([invoice('2025-03-01')], '2025-03-17', '2025-03-20')).toEqual({ happened: [], learnt: [] })
  })

  test('a correction says what stood before, a deletion and an undone import what is no longer said', () => {
    const touch = (recorded: string, day: string, more: Partial<Version> = {}): Version =>
      told('touchpoint', 'K1', recorded, { touchpoint_id: 'K1', kind: 'call', state: null, contact_id: null, happened_at: at(day) }, more)
    const moved = between([touch('2025-03-01', '2025-02-20'), touch('2025-03-20', '2025-02-25')], '2025-03-10', '2025-03-21')
    expect(moved.learnt.map(({ how, day, before }) => [how, day, before?.day])).toEqual([['corrected', '2025-02-25', '2025-02-20']])
    expect(said(between([touch('2025-03-01', '2025-02-20'), touch('2025-03-20', '2025-02-20', { deleted: true })], '2025-03-10', '2025-03-21').learnt)).toEqual(
      ['withdrawn: Call'],
    )
    const undo = { import_id: 'i1', at: at('2025-03-19'), undone: true }
    expect(said(between([touch('2025-03-01', '2025-02-20')], '2025-03-10', '2025-03-21', [undo]).learnt)).toEqual(['withdrawn: Call'])
    expect(said(between([touch('2025-03-01', '2025-02-20')], '2025-03-10', '2025-03-21').learnt)).toEqual([])
  })

  test('another name of a person corrects the person, not every talk with them', () => {
    const person = (recorded: string, name: string): Version =>
      told('contact', 'C1', recorded, { contact_id: 'C1', name, effective_at: at('2025-01-01'), role: 'CFO' })
    const call = told('touchpoint', 'K1', '2025-03-01', { touchpoint_id: 'K1', kind: 'call', state: null, contact_id: 'C1', happened_at: at('2025-02-20') })
    const { learnt } = between([person('2025-01-01', 'Jo'), call, person('2025-03-20', 'Joan')], '2025-03-10', '2025-03-21')
    expect(said(learnt)).toEqual(['corrected: Joan is known'])
  })

  test('nothing is lost or told twice: every change of what is known is one of them', () => {
    const days = ['2025-03-01', '2025-03-08', '2025-03-14', '2025-03-20']
    const versions = days.flatMap((day, i) => [
      told('ticket', `T${i}`, day, { ticket_id: `T${i}`, created_at: at(days[(i * 7) % 4] ?? day), priority: 'normal' }),
      told('ticket', 'T9', day, { ticket_id: 'T9', created_at: at('2025-02-01'), priority: 'normal', subject: `v${i % 2}` }),
    ])
    for (const since of days)
      for (const now of days.filter((day) => day > since)) {
        const [then, later] = [knownOn(versions, since), knownOn(versions, now)]
        const { happened, learnt } = changesBetween(then, later, { since: at(since), now: at(now) })
        const isSame = (key: string): boolean => then.find((each) => each.key === key)?.recorded_at === later.find((each) => each.key === key)?.recorded_at
        expect(new Set([...happened, ...learnt].map(({ key }) => key)).size).toBe(happened.length + learnt.length)
        expect(
          later.filter(({ key }) => !then.some((each) => each.key === key)).every(({ key }) => [...happened, ...learnt].some((each) => each.key === key)),
        ).toBe(true)
        for (const { key, how } of learnt) expect([key, how === 'corrected' && isSame(key)]).toEqual([key, false])
      }
  })
})

describe('a timeline', () => {
  const versions = Array.from({ length: 25 }, (_, i) =>
    told('ticket', `T${i}`, '2025-06-01', {
      ticket_id: `T${i}`,
      created_at: at(`2025-05-${String((i % 9) + 1).padStart(2, '0')}`),
      subject: i % 5 === 0 ? 'Export fails' : 'Login',
      priority: 'normal',
    }),
  )
  const all = happeningsAt({ versions, undos: [] }, at('2025-06-02'), ZONE)

  test('is read page by page, nothing twice and nothing left out', () => {
    const seen: string[] = []
    let before: string | undefined
    do {
      const page = pageOf(all, { limit: 4, before })
      seen.push(...page.items.map(({ key }) => key))
      before = page.next ?? undefined
    } while (before !== undefined)
    expect(seen).toEqual(all.map(({ key }) => key))
    expect(all.every((item, i) => i === 0 || item.at <= (all[i - 1]?.at ?? ''))).toBe(true)
  })

  test('is searched by words and filtered by kind, with counts of each kind', () => {
    expect(pageOf(all, { limit: 50, find: 'EXPORT t1' }).items.map(({ title }) => title)).toEqual(
      ['Ticket T15 opened', 'Ticket T10 opened'].toSorted((a, b) => (a < b ? 1 : -1)),
    )
    expect(pageOf(all, { limit: 50, kinds: ['invoices'] })).toMatchObject({ items: [], next: null, total: 0, counts: { tickets: 25 } })
    expect(pageOf(all, { limit: 50, until: '2025-05-01' }).total).toBe(3)
  })

  test('tells of every kind of fact exactly once', () => {
    const tells = TIMELINE_KINDS.flatMap(({ of }) => of.map(({ id }) => id))
    expect(tells.toSorted()).toEqual([...new Set(tells)].toSorted())
    expect(RECORDED.map(({ id }) => id).filter((id) => !tells.includes(id))).toEqual([])
  })

  test('puts what is dated by a day at its close, in the time of the workspace', () => {
    expect(happeningsAt({ versions: [invoice('2025-03-01')], undos: [] }, at('2025-06-01'), ZONE).at(-1)).toMatchObject({
      day: '2025-03-01',
      at: '2025-03-01T22:59:59.999999Z',
    })
  })

  test('knows of each identity the version told last', () => {
    expect(knownAt([invoice('2025-03-01'), invoice('2025-03-05', { status: 'paid' })], [], at('2025-03-04'))).toMatchObject([{ values: { status: 'open' } }])
  })
})

test('use begins, stops after four weeks of nothing, and comes back', () => {
  const use = ['2025-01-01', '2025-01-20', '2025-03-10'].map((day) => ({ day, user: 'u' }))
  expect(happeningsOfUse(use, '2025-04-20', ZONE).map(({ day, title }) => `${day} ${title}`)).toEqual([
    '2025-01-01 First use of the product',
    '2025-02-17 No use for 28 days',
    '2025-03-10 Use came back',
    '2025-04-07 No use for 28 days',
  ])
  expect(happeningsOfUse(use, '2025-04-06', ZONE)).toHaveLength(3)
})

test('bands and caps are told on the day on which they were said', () => {
  const cap = { id: 'notice_given', at_most: 10, since: '2025-01-02', evidence: 'S1', expires: null }
  const days = [
    { day: '2025-01-01', score: 82, band: 'green' as const, caps: [] },
    { day: '2025-01-02', score: 10, band: 'red' as const, caps: [cap] },
    { day: '2025-01-03', score: 75, band: 'green' as const, caps: [] },
  ]
  expect(happeningsOfHealth(days, ZONE).map(({ title, tone }) => `${tone}: ${title}`)).toEqual([
    'bad: Green to red',
    'bad: Capped at 10: notice given on 2 Jan',
    'good: Red to green',
    'good: Cap of 10 lifted: Notice given',
  ])
})
