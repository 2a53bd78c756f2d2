import { expect, it } from 'vitest'
import type { MetricEntry } from '../../contract/question.ts'
import { commandsFor, rank } from './commands.ts'

const nothing = (): void => undefined
const metric = (id: string, name: string, aliases: string[] = []): MetricEntry => ({
  id,
  name,
  aliases,
  says: '',
  level: 'financial',
  kind: 'p2p',
  nature: 'quantitative',
  grain: 'account',
  unit: 'share',
  better: 'up',
  formula: '',
  null_when: '',
  roll_up: 'ratio',
  dimensions: [],
  interval: null,
  version: '1',
  revisions: [],
  disagreements: [],
  options: [],
  needs: [], group: 'Revenue Metrics', lit_by: [], missing: [], cohorts: false, packs: [],
  settings: [],
})
const commands = commandsFor({
  metrics: [metric('arr', 'ARR'), metric('annual_revenue_retention_rate', 'Annual revenue retention rate', ['ARR']), metric('grr', 'Gross revenue retention')],
  accounts: [{ id: 'A01', name: 'Aspen Labs' }],
  today: '2026-11-21',
  go: nothing,
  explain: nothing,
  openAccount: nothing,
  setScreen: nothing,
  copyLink: nothing,
})
const found = (text: string) => rank(commands, text, nothing).map((command) => command.id)

it('finds both metrics that are called ARR', () => {
  expect(found('arr').slice(0, 2)).toEqual(['metric-arr', 'metric-annual_revenue_retention_rate'])
})
it('finds accounts by name and by id', () => {
  expect(found('aspen')[0]).toBe('account-A01')
  expect(found('a01')[0]).toBe('account-A01')
})
it('wants every word to fit', () => {
  expect(found('gross retention')).toEqual(['metric-grr'])
  expect(found('gross banana')).toEqual([])
})
it('offers an id that it does not know', () => {
  expect(found('zz-91')).toEqual(['account-as-typed'])
})
it('lists pages and actions before anything is typed', () => {
  expect(found('').every((id) => !id.startsWith('metric-') && !id.startsWith('account-'))).toBe(true)
})
