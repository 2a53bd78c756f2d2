import { beforeAll, describe, expect, it } from 'vitest'
import { FACTS } from '../../facts/facts.ts'
import { cell, daysFrom, readCompany } from './read-company.ts'
import type { ReadCompany, Row } from './read-company.ts'
import { MOODS } from './voice.ts'

const FILES = {
  surveys: 'survey', survey_invitations: 'survey_invitation', survey_responses: 'survey_response', interviews: 'conversation', outcomes: 'outcome', outcome_measurements: 'outcome_measurement',
  invoices: 'invoice', referrals: 'referral', advocacy_acts: 'advocacy_act', reference_consents: 'reference_consent', incidents: 'incident', requests: 'request', opportunities: 'opportunity',
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
      const identity = (row: Row): string => (fact?.identity.find((columns) => columns.every((column) => cell(row, column) !== '')) ?? []).map((column) => cell(row, column)).join('|')
      expect(new Set(list.map(identity)).size, name).toBe(list.length)
      for (const row of list) expect(cell(row, fact?.effective ?? '') < '2025-07-15', name).toBe(true)
    }
    expect(rows).toBeLessThan(20_000)
  })

  it('is worse before notice, by about as much as was planted', () => {
    const notices = new Map(usual.rows('subscription_versions.csv').filter((row) => cell(row, 'canceled_at') !== '').map((row) => [cell(row, 'account_id'), cell(row, 'canceled_at')]))
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

  it('names a customer of before for every account that was recommended', () => {
    const ids = new Set(usual.rows('accounts.csv').map((row) => cell(row, 'account_id')))
    for (const row of usual.rows('referrals.csv')) {
      expect(ids).toContain(cell(row, 'account_id'))
      expect(cell(row, 'account_id')).not.toBe(cell(row, 'referred_account_id'))
    }
  })
})
