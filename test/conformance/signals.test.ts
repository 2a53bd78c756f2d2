import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Snapshot } from '../../src/health/snapshot.ts'
import { appendSnapshots } from '../../src/health/snapshot.ts'
import { fixedClock } from '../../src/kernel/clock.ts'
import { addDays } from '../../src/kernel/period.ts'
import { healthDay } from '../../src/stores/schema/health-days.ts'
import { signal } from '../../src/stores/schema/signals.ts'
import { layoutKinds } from '../engines/engines.ts'
import { openProduct } from './product.ts'
import type { Product } from './product.ts'

const TODAY = '2025-08-08'
const CLOSED = '2025-08-07'
const lines = (...rows: string[]): string => `${rows.join('\n')}\n`

/** Four accounts of two CSMs: what they pay a month, and who owns them. */
const COMPANY = [
  ['acme', 'Acme', 1000, 'jo'],
  ['birch', 'Birch', 500, 'jo'],
  ['cedar', 'Cedar', 2000, 'ann'],
  ['dogwood', 'Dogwood', 100, ''],
] as const

const FILES = [
  { name: 'accounts.csv', text: lines('account_id,name', ...COMPANY.map(([id, name]) => `${id},${name}`)) },
  {
    name: 'subscription_versions.csv',
    text: lines(
      'subscription_id,account_id,effective_at,status,quantity,unit_amount,currency,interval_months,term_months,renews_at,auto_renew,notice_days,canceled_at,ends_at',
      ...COMPANY.map(([id, , mrr]) => `s-${id},${id},2024-01-10T12:00:00Z,active,1,${mrr},USD,1,,,,,,`),
      's-birch,birch,2025-06-20T12:00:00Z,active,1,300,USD,1,12,2025-09-15T12:00:00Z,yes,14,,',
      's-dogwood,dogwood,2025-08-01T12:00:00Z,active,1,100,USD,1,,,,,2025-08-01T12:00:00Z,2025-12-31T00:00:00Z',
    ),
  },
  { name: 'csms.csv', text: lines('csm_id,name,effective_at', 'jo,Jo Berg,2024-01-01T00:00:00Z', 'ann,Ann Lee,2024-01-01T00:00:00Z') },
  {
    name: 'csm_assignments.csv',
    text: lines('account_id,csm_id,effective_at', ...COMPANY.filter(([, , , csm]) => csm !== '').map(([id, , , csm]) => `${id},${csm},2024-01-10T12:00:00Z`)),
  },
  { name: 'invoices.csv', text: lines('invoice_id,account_id,issued_on,due_on,amount,currency,status', 'I0088,acme,2025-06-16,2025-07-10,1000,USD,open') },
  { name: 'pulses.csv', text: lines('account_id,set_at,value,reason,author', 'cedar,2025-07-30T12:00:00Z,red,They stopped answering,ann') },
]

const snapshot = (account_id: string, day: string, score: number, more: Partial<Snapshot> = {}): Snapshot => ({
  account_id,
  day,
  mode: 'lived',
  model: 'default@1',
  known_until: `${addDays(day, 1)}T00:00:00.000000Z`,
  score,
  weighted: score,
  coverage: 1,
  confidence: 0.9,
  low: score,
  band: score < 40 ? 'red' : score < 70 ? 'amber' : 'green',
  held: score < 40 ? 'red' : score < 70 ? 'amber' : 'green',
  own_band: 'amber',
  own_cap: false,
  arr: 12 * (COMPANY.find(([id]) => id === account_id)?.[2] ?? 0),
  decided_on: null,
  next_deadline: null,
  deadline_arr: 0,
  phase: 'month_to_month',
  is_held: false,
  inputs: [
    { id: 'usage', reading: { value: score / 5, age: 1, n: 12 }, score, nominal: 0.5, share: 1, points: score },
    { id: 'feedback', reading: { missing: 'no_answers' }, score: null, nominal: 0.5, share: 0, points: 0 },
  ],
  caps: [],
  ...more,
})

const SNAPSHOTS = [
  ...COMPANY.map(([id]) => snapshot(id, addDays(CLOSED, -30), 80)),
  ...COMPANY.map(([id]) => snapshot(id, addDays(CLOSED, -1), 75)),
  snapshot('acme', CLOSED, 55),
  snapshot('birch', CLOSED, 72),
  snapshot('cedar', CLOSED, 76),
  snapshot('dogwood', CLOSED, 30, { decided_on: '2025-08-01', phase: null }),
]

const raised = (id: string, account_id: string, kind: string, raised_on: string, sentence: string, more: Partial<typeof signal.$inferInsert> = {}) => ({
  id,
  account_id,
  kind,
  raised_on,
  raised_at: `${addDays(raised_on, 1)}T00:00:00Z`,
  known_until: `${addDays(raised_on, 1)}T00:00:00Z`,
  evidence: {},
  sentence,
  ...more,
})

const SIGNALS = [
  raised('s1', 'acme', 'usage_down', '2025-08-05', 'Use fell 75 %'),
  raised('s2', 'acme', 'payment_late', '2025-07-26', 'Invoice I0088 of 1,000 USD is 16 days late', { evidence: { invoice: 'I0088', days: 16, open: 1 } }),
  raised('s3', 'cedar', 'deadline_near', '2025-07-20', '54 days to the opt-out deadline'),
  raised('s4', 'birch', 'white_space', '2025-08-07', 'Never used: Forecast'),
  raised('s5', 'dogwood', 'notice_given', '2025-08-01', 'Notice given'),
  raised('s6', 'birch', 'band_down', '2025-08-06', 'Green to amber', { is_held: true }),
]

describe.each(layoutKinds)('signals and the day on %s', (kind) => {
  let product: Product
  let now = `${TODAY}T09:00:00Z`
  beforeAll(async () => {
    product = await openProduct(kind, {}, { now: () => fixedClock(now).now() })
    now = '2025-07-20T09:00:00Z'
    await product.importFiles(FILES)
    now = `${TODAY}T09:00:00Z`
    await product.importFiles([
      {
        name: 'invoices.csv',
        text: lines('invoice_id,account_id,issued_on,due_on,amount,currency,status,paid_on', 'I0088,acme,2025-06-16,2025-07-10,1000,USD,paid,2025-07-14'),
      },
    ])
    await appendSnapshots(product.stores.store, SNAPSHOTS)
    const { db } = product.stores.workspace
    const lived = (day: string, more = {}) => ({
      day,
      closed_at: `${addDays(day, 1)}T00:05:00Z`,
      known_until: `${addDays(day, 1)}T00:00:00Z`,
      accounts: 4,
      ...more,
    })
    const held = { is_held: true, against: '2025-08-05', up: 0, down: 30, compared: 40, moved: [{ input: 'usage', points: -8 }] }
    await db.insert(healthDay).values([lived('2025-08-06', held), lived(CLOSED)])
    await db.insert(signal).values(SIGNALS)
  })
  afterAll(() => product.close())

  const today = (csm?: string) => product.client.today({ query: csm === undefined ? {} : { csm } })
  const accountsOf = (lines_: readonly { account: { account_id: string } }[]): string[] => lines_.map(({ account }) => account.account_id)

  test('each account is one line, by what is at stake; what the fleet held back is not told', async () => {
    const { work, csms, accounts, state } = await today()
    // Nothing says yet how likely anybody is to leave: ARR alone decides, and whoever has decided goes for certain.
    expect([work.by_chance, accountsOf(work.lines)]).toEqual([false, ['cedar', 'acme', 'birch', 'dogwood']])
    expect(work.lines[1]?.signals.map(({ id, age }) => [id, age])).toEqual([
      ['s1', 3],
      ['s2', 13],
    ])
    expect(work.lines[2]?.signals.map(({ id }) => id)).toEqual(['s4'])
    expect(csms.map(({ id, name, accounts: n }) => [id, name, n])).toEqual([
      ['ann', 'Ann Lee', 1],
      ['jo', 'Jo Berg', 2],
      ['', '', 1],
    ])
    expect([accounts, state.lived_since, state.said]).toEqual([
      { mine: 4, all: 4 },
      '2025-08-06',
      { day: CLOSED, is_lived: true, known_until: '2025-08-08T00:00:00.000Z' },
    ])
    const jo = await today('jo')
    expect([jo.accounts.mine, accountsOf(jo.work.lines), jo.csm?.name]).toEqual([2, ['acme', 'birch'], 'Jo Berg'])
    await expect(today('nobody')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('beyond the budget of a CSM there is a list to be skipped in writing', async () => {
    await product.client.changeSetting({ params: { key: 'daily_budget' }, body: { value: '1' } })
    const { work } = await today()
    expect([accountsOf(work.lines), accountsOf(work.below), work.below_total]).toEqual([['cedar', 'acme', 'dogwood'], ['birch'], 1])
    await product.client.changeSetting({ params: { key: 'daily_budget' }, body: { value: '5' } })
  })

  test('what is skipped in writing comes back on its day, and says what was written', async () => {
    const skip = (body: { reason: string; look_again_on: string }) => product.client.skipSignal({ params: { id: 's3' }, body })
    await expect(skip({ reason: ' ', look_again_on: '2025-08-20' })).rejects.toMatchObject({ code: 'reason_missing' })
    await expect(skip({ reason: 'On holiday', look_again_on: '2025-09-20' })).rejects.toMatchObject({ code: 'bad_day' })
    expect((await skip({ reason: 'On holiday', look_again_on: '2025-08-20' })).skip).toMatchObject({ reason: 'On holiday', look_again_on: '2025-08-20' })
    const { work } = await today('ann')
    expect([work.lines, work.skipped.map(({ account, skip: { reason } }) => [account.account_id, reason])]).toEqual([[], [['cedar', 'On holiday']]])
    now = '2025-08-20T09:00:00Z'
    const later = await today('ann')
    expect(later.work.lines.map(({ account, came_back }) => [account.account_id, came_back?.reason])).toEqual([['cedar', 'On holiday']])
    now = `${TODAY}T09:00:00Z`
  })

  test('changes of scores name what moved them, and deadlines, lists and what was learnt stand beside', async () => {
    const { changes, deadlines, learnt, lists, holds } = await today()
    expect(changes.rows.map(({ account, before, after }) => [account.account_id, before, after])).toEqual([
      ['acme', 75, 55],
      ['dogwood', 75, 30],
    ])
    expect(changes.rows[0]?.causes).toEqual([{ of: 'input', id: 'usage', why: 'value', points: -20, step: 'happened' }])
    expect(deadlines.map(({ account, days, arr }) => [account.account_id, days, arr])).toEqual([['birch', 24, 3600]])
    expect(learnt?.kinds).toEqual([{ fact: 'invoice', name: 'invoices', n: 1, deleted: 0, accounts: 1, earliest: '2025-07-10', latest: '2025-07-10' }])
    expect(learnt?.rows.map(({ account_id, fact }) => [account_id, fact])).toEqual([['acme', 'invoice']])
    // The fleet of four is too small to say how far it fell.
    expect(lists.fleet_fall).toBe(0)
    expect(lists.green_but_falling).toEqual([])
    expect(lists.score_against_money.map(({ account, change }) => [account.account_id, change])).toEqual([['birch', expect.closeTo(-0.4, 9)]])
    expect(lists.pulse_disagrees.map(({ account, value, steps }) => [account.account_id, value, steps])).toEqual([['cedar', 'red', 2]])
    expect(lists.missing).toEqual([{ input: 'feedback', reason: 'no_answers', accounts: 4, arr: 43_200 }])
    expect(holds).toEqual([{ day: '2025-08-06', against: '2025-08-05', up: 0, down: 30, compared: 40, moved: [{ input: 'usage', points: -8 }] }])
  })

  test('the team sees what nobody worked for a week and the line that hours draw; the company what moved', async () => {
    const { client } = product
    const team = await client.todayTeam({})
    expect(team.csms.map(({ id, accounts, lines: n, unworked }) => [id, accounts, n, unworked])).toEqual([
      ['jo', 2, 2, 1],
      ['ann', 1, 0, 0],
      ['', 1, 1, 1],
    ])
    expect(accountsOf(team.unworked)).toEqual(['acme', 'dogwood'])
    expect(team.red_line).toMatchObject({ is_counted: true, without_score: 3, hours_per_save: 2.5 })
    expect(team.red_line.table[0]).toEqual({ csms: 2, usable_hours: 20, accounts: 16, score: null })
    const company = await client.todayCompany({})
    expect([company.accounts, company.arr, company.decided, company.at_risk]).toEqual([4, 40_800, { accounts: 1, arr: 1200 }, null])
    expect(company.moved).toEqual({
      since: addDays(CLOSED, -30),
      moves: [
        { before: 'green', after: 'amber', accounts: 1, arr: 12_000 },
        { before: 'green', after: 'red', accounts: 1, arr: 1200 },
      ],
    })
  })

  test('the list finds signals by state, class, kind, account, CSM and days', async () => {
    const all = { kind: [], class: [], account: [] }
    const ids = async (query: Partial<Parameters<typeof product.client.listSignals>[0]['query']>): Promise<string[]> =>
      (await product.client.listSignals({ query: { ...all, ...query } })).signals.map(({ id }) => id)
    expect(await ids({})).toEqual(['s4', 's6', 's1', 's5', 's2', 's3'])
    expect(await ids({ order: 'worth' })).toEqual(['s3', 's1', 's2', 's4', 's6', 's5'])
    expect(await ids({ class: ['opportunity', 'decided'] })).toEqual(['s4', 's5'])
    expect(await ids({ csm: 'jo', kind: ['payment_late', 'deadline_near'] })).toEqual(['s2'])
    expect(await ids({ from: '2025-07-21', until: '2025-08-05' })).toEqual(['s5', 's2'])
    expect(await ids({ account: ['cedar'], state: 'closed' })).toEqual([])
    expect((await product.client.listSignals({ query: { ...all, limit: 2, offset: 4 } })).total).toBe(6)
  })

  test('a signal opens to its facts as they were known, and to what was learnt since', async () => {
    const opened = await product.client.signal({ params: { id: 's2' } })
    expect(opened).toMatchObject({ name: 'Acme', kind_name: 'Payment late', class: 'risk', expires_on: '2025-10-24', message: null })
    const [invoices] = opened.facts
    const status = invoices?.page.columns.findIndex(({ id }) => id === 'status') ?? -1
    expect([invoices?.id, invoices?.page.rows.map((row) => row[status])]).toEqual(['invoice', ['open']])
    expect(opened.learnt.map(({ says, happened_on }) => [says, happened_on])).toEqual([['invoice I0088 was paid on 14 Jul 2025', '2025-07-14']])
  })

  test('one that is withdrawn says what was thought and what was learnt', async () => {
    const { db } = product.stores.workspace
    const withdrawn = { closed_on: TODAY, closed_at: `${TODAY}T10:00:00Z`, close_reason: 'corrected', ground_now: false, ground_lost_on: TODAY }
    await db.insert(signal).values(raised('w1', 'acme', 'champion_gone', '2025-07-26', 'gone', withdrawn))
    await db.insert(signal).values(raised('w2', 'acme', 'detractor', '2025-07-26', 'x', { ...withdrawn, close_note: 'the answer was deleted' }))
    const message = async (id: string) => (await product.client.signal({ params: { id } })).message
    expect(await message('w1')).toBe('Raised on what we knew on 26 Jul 2025, withdrawn on 8 Aug 2025: a fact behind it was late, wrong or deleted.')
    expect(await message('w2')).toBe('Raised on what we knew on 26 Jul 2025, withdrawn on 8 Aug 2025: the answer was deleted.')
    await db
      .insert(signal)
      .values(raised('w3', 'birch', 'payment_late', '2025-07-26', 'late', { ...withdrawn, account_id: 'acme', evidence: { invoice: 'I0088' } }))
    expect(await message('w3')).toBe(
      'Raised on what we knew on 26 Jul 2025, withdrawn on 8 Aug 2025: invoice I0088 was paid on 14 Jul 2025, recorded on 8 Aug 2025.',
    )
  })

  test('a person closes it once, with a reason where it is not so', async () => {
    const close = (id: string, body: { reason: 'done' | 'not_so'; note?: string }) => product.client.closeSignal({ params: { id }, body })
    await expect(close('s4', { reason: 'not_so' })).rejects.toMatchObject({ code: 'reason_missing' })
    expect(await close('s4', { reason: 'not_so', note: 'They use another product for it' })).toMatchObject({ close_reason: 'not_so', closed_on: TODAY })
    await expect(close('s4', { reason: 'done' })).rejects.toMatchObject({ code: 'already_closed' })
    await expect(close('s99', { reason: 'done' })).rejects.toMatchObject({ code: 'not_found' })
    const { rows } = await product.stores.workspace.pool.query<{ until: string }>(
      `SELECT quiet_until::text AS until FROM signal_life WHERE account_id = 'birch'`,
    )
    expect(rows).toEqual([{ until: addDays(TODAY, 14) }])
  })

  test('what was held back is told once somebody says that it was real, and asked no more', async () => {
    const answer = (day: string) => product.client.answerHold({ params: { day }, body: { answer: 'real' } })
    expect(await answer('2025-08-06')).toEqual({ day: '2025-08-06', answer: 'real', announced: 1 })
    await expect(answer('2025-08-06')).rejects.toMatchObject({ code: 'already_answered' })
    await expect(answer(CLOSED)).rejects.toMatchObject({ code: 'not_found' })
    const { holds, work } = await today('jo')
    expect([holds, work.lines.at(-1)?.signals.map(({ id }) => id)]).toEqual([[], ['s6']])
  })

  test('a rule of one’s own shows what it matches now and would have matched, and is kept in versions', async () => {
    const { client } = product
    const tried = await client.tryRule({ body: { rule: 'arr > 3k and mrr of 1 month < 1,500' } })
    expect([tried.rule, tried.rows.map(({ account_id }) => account_id), tried.customers]).toEqual([
      'arr > 3000 and mrr of 1 month < 1500',
      ['acme', 'birch'],
      4,
    ])
    const months = ['2024-08-31', '2024-09-30', '2024-10-31', '2024-11-30', '2024-12-31', '2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30', '2025-05-31']
    expect(tried.past.map(({ day, matched, began }) => [day, matched, began])).toEqual([
      ...months.map((day, i) => [day, 2, i === 0 ? 2 : 0]),
      ['2025-06-30', 2, 0],
      ['2025-07-31', 2, 0],
    ])
    const own = { name: 'Small and paying', says: 'Look in', class: 'risk' as const, rule: 'arr > 3k', expires: 90, is_on: true }
    const made = await client.makeOwnSignal({ body: own })
    expect(made).toMatchObject({ id: 'small_and_paying', version: 1, rule: 'arr > 3000' })
    await expect(client.makeOwnSignal({ body: own })).rejects.toMatchObject({ code: 'name_taken' })
    await expect(client.makeOwnSignal({ body: { ...own, name: 'x', expires: 181 } })).rejects.toMatchObject({ code: 'bad_own_signal' })
    await expect(client.tryRule({ body: { rule: 'arr >' } })).rejects.toMatchObject({ code: 'bad_rule', details: { at: 5 } })
    await client.changeOwnSignal({ params: { id: made.id }, body: { ...own, is_on: false } })
    expect((await client.ownSignal({ params: { id: made.id } })).map(({ version, is_on }) => [version, is_on])).toEqual([
      [1, true],
      [2, false],
    ])
    const kinds = await client.listSignalKinds({})
    expect(kinds.find(({ own: id }) => id === made.id)).toMatchObject({ kind: 'own_small_and_paying', name: 'Small and paying', is_on: false })
    expect(kinds.find(({ kind: id }) => id === 'payment_late')).toMatchObject({ open: 1, raised: 2 })
  })
})
