import { beforeAll, describe, expect, it } from 'vitest'
import { FACTS } from '../../facts/facts.ts'
import { EFFECTS } from './rates.ts'
import { cell, noticeRate, readCompany, usualCompany } from './read-company.ts'
import type { ReadCompany, Row } from './read-company.ts'

const ENDS = { endMonth: '2025-06' }
let usual: ReadCompany
let large: ReadCompany
beforeAll(async () => {
  usual = await usualCompany()
  large = await readCompany({ ...ENDS, accounts: 8_000, useRate: 0, supportRate: 0.06 })
})

const effect = (company: ReadCompany, id: string) => {
  const found = company.truth.effects.find((planted) => planted.id === id)
  if (found === undefined) throw new Error(`no effect ${id}`)
  return { ...found, from: found.from ?? company.truth.first_day, until: found.until ?? company.truth.last_day }
}
const idOf = (row: Row): string => cell(row, 'account_id').replace('-OLD', '')
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

describe('support and team work in the sample', () => {
  it('is modest, in rows whose columns the facts know', () => {
    expect(usual.rows('tickets.csv').length).toBeGreaterThan(1500)
    expect(usual.rows('tickets.csv').length).toBeLessThan(8000)
    for (const id of [
      'ticket',
      'ticket_event',
      'business_calendar',
      'holiday',
      'touchpoint',
      'task',
      'play_run',
      'signal',
      'onboarding',
      'onboarding_milestone',
      'training_attendance',
      'quota',
      'forecast',
    ]) {
      const fact = FACTS.find((candidate) => candidate.id === id)
      const rows = usual.rows(`${id}s.csv`)
      expect(rows.length, id).toBeGreaterThan(10 * Number(!['business_calendar'].includes(id)))
      for (const header of Object.keys(rows[0] ?? {})) expect(Object.keys(fact?.columns ?? {}), id).toContain(header)
      for (const [name, column] of Object.entries(fact?.columns ?? {}))
        if (column.type === 'instant')
          expect(
            rows.filter((row) => cell(row, name) >= '2025-07-01'),
            `${id} ${name}`,
          ).toEqual([])
    }
  })

  it('has a crisis of support that drives accounts away', () => {
    const { from, until, accounts } = effect(large, 'support_crisis')
    const hit = new Set(accounts)
    const inside = (row: Row): boolean => cell(row, 'created_at') >= from && cell(row, 'created_at') < until
    const replied = new Map<string, string>()
    for (const row of large.rows('ticket_events.csv'))
      if (row.kind === 'reply' && row.author === 'agent' && row.visibility === 'public' && !replied.has(cell(row, 'ticket_id')))
        replied.set(cell(row, 'ticket_id'), cell(row, 'happened_at'))
    const delays = (holds: (row: Row) => boolean): number[] =>
      large
        .rows('tickets.csv')
        .filter(holds)
        .flatMap((row) =>
          replied.has(cell(row, 'ticket_id')) ? [Date.parse(replied.get(cell(row, 'ticket_id')) ?? '') - Date.parse(cell(row, 'created_at'))] : [],
        )
    const [slow, normal] = [delays((row) => inside(row) && hit.has(idOf(row))), delays((row) => inside(row) && !hit.has(idOf(row)))]
    expect(median(slow) / median(normal)).toBeGreaterThan(EFFECTS.support_crisis.delay * 0.7)
    const others = large.rows('accounts.csv').length - hit.size
    expect(slow.length / hit.size / (normal.length / others)).toBeGreaterThan(EFFECTS.support_crisis.tickets * 0.6)

    const bySick =
      (sick: boolean) =>
      (account: Row): boolean =>
        (account.industry === EFFECTS.support_crisis.industry) === sick
    const during = [{ from, until }]
    const ratio = noticeRate(large, bySick(true), during).rate / noticeRate(large, bySick(false), during).rate
    expect(ratio).toBeGreaterThan(1.9)
    expect(ratio).toBeLessThan(4)
  })

  it('has a playbook that keeps nobody, and a CSM with a harder portfolio who works as well as any', () => {
    const judged = large.rows('play_runs.csv').filter((row) => row.success !== '')
    const share = (arm: string): number => {
      const rows = judged.filter((row) => row.arm === arm)
      return rows.filter((row) => row.success === 'yes').length / rows.length
    }
    expect(Math.abs(share('treated') - share('holdout'))).toBeLessThan(0.06)
    const onTime = (csm: string): number => {
      const rows = large.rows('tasks.csv').filter((row) => row.csm_id === csm && cell(row, 'due_on') < '2025-06-01')
      return rows.filter((row) => row.done_at !== '' && cell(row, 'done_at').slice(0, 10) <= cell(row, 'due_on')).length / rows.length
    }
    expect(onTime('priya')).toBeGreaterThan(onTime('tomas'))
  })

  it('draws without touching what was bought', async () => {
    const quiet = await readCompany({ ...ENDS, supportRate: 0 })
    expect(quiet.rows('tickets.csv')).toEqual([])
    expect(quiet.texts.get('subscription_versions.csv')).toBe(usual.texts.get('subscription_versions.csv'))
  })
})
