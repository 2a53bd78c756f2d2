import { expect, it } from 'vitest'
import { metricEntry } from '../../../test/web/metric-entry.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { accountCommands, commandsFor, rank } from './commands.ts'

const nothing = (): void => undefined
const metric = (id: string, name: string, aliases: string[] = []): MetricEntry => metricEntry(id, { name, aliases })
const commands = commandsFor({
  metrics: [metric('arr', 'ARR'), metric('annual_revenue_retention_rate', 'Annual revenue retention rate', ['ARR']), metric('grr', 'Gross revenue retention')],
  today: '2026-11-21',
  go: nothing,
  explain: nothing,
  askElse: nothing,
  copyLink: nothing,
})
const account = (account_id: string, name: string, counted_as = account_id) => ({ account_id, name, counted_as, is_internal: false })
const opened: string[] = []
const accounts = accountCommands([account('B2', 'Gross & Sons'), account('A01', 'Aspen Labs'), account('A07', 'Old Aspen', 'A01')], (id) => opened.push(id))
const found = (text: string, given = accounts.slice(0, 0)) => rank(commands, given, text).map((command) => command.id)

it('finds both metrics that are called ARR', () => {
  expect(found('arr').slice(0, 2)).toEqual(['metric-arr', 'metric-annual_revenue_retention_rate'])
})
it('lists accounts in the order of the server, before metrics when they fit better', () => {
  expect(found('gross', accounts.slice(0, 1))).toEqual(['metric-grr', 'account-B2'])
  expect(found('b2', accounts.slice(0, 1))).toEqual(['account-B2'])
  expect(found('aspen', accounts.slice(1))).toEqual(['account-A01', 'account-A07'])
})
it('opens the account that a merged one counts under', () => {
  accounts[2]?.run()
  expect([opened, accounts[2]?.says]).toEqual([['A01'], 'A07, merged into A01'])
})
it('wants every word to fit', () => {
  expect(found('gross retention')).toEqual(['metric-grr'])
  expect(found('gross banana')).toEqual([])
})
it('lists pages and actions before anything is typed', () => {
  expect(found('', accounts).every((id) => !id.startsWith('metric-') && !id.startsWith('account-'))).toBe(true)
})
