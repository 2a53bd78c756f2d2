import { beforeAll, describe, expect, it } from 'vitest'
import { FACTS } from '../../facts/facts.ts'
import { cell, daysFrom, readCompany } from './read-company.ts'
import type { ReadCompany, Row } from './read-company.ts'
import { MOODS } from './voice.ts'

const FILES = {
  surveys: 'survey',
  survey_invitations: 'survey_invitation',
  survey_responses: 'survey_response',
  interviews: 'conversation',
  outcomes: 'outcome',
  outcome_measurements: 'outcome_measurement',
  invoices: 'invoice',
  referrals: 'referral',
  advocacy_acts: 'advocacy_act',
  reference_consents: 'reference_consent',
  incidents: 'incident',
  requests: 'request',
  opportunities: 'opportunity',
} as const
let usual: ReadCompany
beforeAll(async () => {
  usual = await readCompany({ endMonth: '2025-06' })
}, 60_000)

const meanOf = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(cell(row, 'score')), 0) / rows.length

describe('what customers of the sample company say and prove', () => {
  it('has rows of every kind, under the columns of the facts, each with an identity of its own, and is no larger than it needs to be', () => {
    let rows = 0
    for (const [name, id] of Object.entries(FILES)) {
      const fact = FACTS.find((one) => one.id === id)
      const list = usual.rows(`${name}.csv`)
      rows += list.length
      expect(list.length, name).toBeGreaterThan(4)
      for (const column of Object.keys(list[0] ?? {})) expect(Object.keys(fact?.columns ?? {}), name).toContain(column)
      const identity = (row: Row): string =>
        (fact?.identity.find((columns) => columns.every((column) => cell(row, column) !== '')) ?? []).map((column) => cell(row, column)).join('|')
      expect(new Set(list.map(identity)).size, name).toBe(list.length)
      for (const row of list) expect(cell(row, fact?.effective ?? '') < '2025-07-15', name).toBe(true)
    }
    expect(rows).toBeLessThan(20_000)
  })

  it('is worse before notice, by about as much as was planted', () => {
    const notices = new Map(
      usual
        .rows('subscription_versions.csv')
        .filter((row) => cell(row, 'canceled_at') !== '')
        .map((row) => [cell(row, 'account_id'), cell(row, 'canceled_at')]),
    )
    const answers = usual.rows('survey_responses.csv').filter((row) => row.survey_id === 'nps-half-yearly')
    const soon = answers.filter((row) => {
      const left = daysFrom(cell(row, 'answered_at'), notices.get(cell(row, 'account_id')) ?? '2100-01-01')
      return left > 0 && left < MOODS.before_notice.days
    })
    const others = answers.filter((row) => !notices.has(cell(row, 'account_id')))
    expect(soon.length).toBeGreaterThan(10)
    expect(meanOf(others) - meanOf(soon)).toBeGreaterThan(1.2)
    expect(meanOf(others) - meanOf(soon)).toBeLessThan(4)
  })

  it('asks about the help that a ticket got, once it was solved, and hears of slow answers', () => {
    const about = new Set(['csat-support', 'ces-support'])
    const tickets = new Map(usual.rows('tickets.csv').map((row) => [cell(row, 'ticket_id'), row]))
    const [solved, replied] = [new Map<string, string>(), new Map<string, string>()]
    for (const row of usual.rows('ticket_events.csv')) {
      const id = cell(row, 'ticket_id')
      if (row.kind === 'status' && row.status === 'solved') solved.set(id, cell(row, 'happened_at'))
      if (row.kind === 'reply' && row.author === 'agent' && row.visibility === 'public' && !replied.has(id)) replied.set(id, cell(row, 'happened_at'))
    }
    const felt = { slow: [] as number[], quick: [] as number[] }
    for (const row of usual.rows('survey_responses.csv')) {
      const ticket = tickets.get(cell(row, 'ticket_id'))
      expect(ticket !== undefined, cell(row, 'response_id')).toBe(about.has(cell(row, 'survey_id')))
      if (ticket === undefined) continue
      const id = cell(row, 'ticket_id')
      expect(cell(ticket, 'account_id').replace('-OLD', '')).toBe(cell(row, 'account_id'))
      expect(cell(row, 'answered_at') > (solved.get(id) ?? '9999')).toBe(true)
      const points = (Number(cell(row, 'score')) - 1) / (row.survey_id === 'ces-support' ? 6 : 4)
      felt[daysFrom(cell(ticket, 'created_at'), replied.get(id) ?? '') > 1 ? 'slow' : 'quick'].push(points * 10)
    }
    const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length
    expect(Math.min(felt.slow.length, felt.quick.length)).toBeGreaterThan(15)
    expect(mean(felt.quick) - mean(felt.slow)).toBeGreaterThan(1)
    expect(mean(felt.quick) - mean(felt.slow)).toBeLessThan(3.2)
  })

  it('writes comments that fit the scores, and quotes that fit what was coded', () => {
    const [bad, good] = [
      /too (?:long|expensive)|looking at others|three times|still not/,
      /does what we need|week starts|Reliable|at once|Quick, friendly|Thank you/,
    ]
    const highest: Readonly<Record<string, number>> = { 'nps-half-yearly': 10, 'ces-support': 7 }
    let [complaints, praise] = [0, 0]
    for (const row of usual.rows('survey_responses.csv')) {
      const share = Number(cell(row, 'score')) / (highest[cell(row, 'survey_id')] ?? 5)
      if (bad.test(cell(row, 'comment'))) expect([++complaints > 0, share < 0.75], cell(row, 'response_id')).toEqual([true, true])
      if (good.test(cell(row, 'comment'))) expect([++praise > 0, share >= 0.8], cell(row, 'response_id')).toEqual([true, true])
    }
    expect(Math.min(complaints, praise)).toBeGreaterThan(50)
    const [against, for_] = [
      /more than we use|left alone|spreadsheet|ask twice|still not there/,
      /pays for itself|everybody worked|no longer prepare|coffee|within a quarter/,
    ]
    for (const row of usual.rows('interviews.csv')) {
      const [quote, sentiment] = [cell(row, 'summary'), Number(cell(row, 'sentiment'))]
      expect(quote).not.toBe('')
      expect([quote, against.test(quote), for_.test(quote)]).toEqual([quote, sentiment < 0, sentiment > 0])
    }
  })

  it('shows value to more than half within eight months', () => {
    const targets = new Map(usual.rows('outcomes.csv').map((row) => [cell(row, 'outcome_id'), row]))
    const reached = new Map<string, string>()
    for (const row of usual.rows('outcome_measurements.csv')) {
      const outcome = targets.get(cell(row, 'outcome_id'))
      const [from, to, value] = [Number(outcome?.baseline), Number(outcome?.target), Number(row.value)]
      const at = cell(row, 'confirmed_at')
      if (at !== '' && (value - from) / (to - from) >= 1 && at < (reached.get(cell(row, 'account_id')) ?? '9999')) reached.set(cell(row, 'account_id'), at)
    }
    const paid = new Map<string, string>()
    for (const row of usual.rows('subscription_versions.csv'))
      if (row.status === 'active' && !paid.has(cell(row, 'account_id'))) paid.set(cell(row, 'account_id'), cell(row, 'effective_at'))
    const old = [...paid].filter(([, from]) => daysFrom(from, '2025-07-01') > 240)
    const share = old.filter(([account, from]) => daysFrom(from, reached.get(account) ?? '9999-01-01') <= 240).length / old.length
    expect(share).toBeGreaterThan(0.5)
    expect(share).toBeLessThan(0.85)
  })

  it('names a customer of before for every account that was recommended', () => {
    const ids = new Set(usual.rows('accounts.csv').map((row) => cell(row, 'account_id')))
    for (const row of usual.rows('referrals.csv')) {
      expect(ids).toContain(cell(row, 'account_id'))
      expect(cell(row, 'account_id')).not.toBe(cell(row, 'referred_account_id'))
    }
  })
})
