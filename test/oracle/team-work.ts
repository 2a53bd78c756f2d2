import { addDays, addMonths, daysBetween, wholeMonths } from '../../src/kernel/period.ts'
import type { Day } from '../../src/kernel/period.ts'
import { nothing, ratio } from './answer.ts'
import type { Answer } from './answer.ts'
import { cell } from './company.ts'
import type { Row } from './company.ts'
import { customersAt } from './ledger-metrics.ts'
import { isCustomer, scopeOf } from './scope.ts'
import type { Scope } from './scope.ts'
import { knownUntil, medianAnswer, midnight, rowsOf, within, zoneDay } from './team-scope.ts'

const isTwoWay = (row: Row): boolean => cell(row, 'two_way') === 'yes' || (cell(row, 'two_way') === '' && ['call', 'meeting'].includes(cell(row, 'kind')))

/** Days back that count for an account: those of its segment where the setting names it. */
function windowOf(scope: Scope, account: string): number {
  const { coverage_days, coverage_days_by_segment } = scope.book.settings
  const asked = scope.question.options?.window_days
  if (asked !== undefined) return Number(asked)
  const tiers = new Map(
    coverage_days_by_segment
      .toLowerCase()
      .split(',')
      .map((text) => text.split('=').map((part) => part.trim()))
      .map(([segment = '', days = '']) => [segment, days]),
  )
  return Number(tiers.get(scope.value(account, 'segment').toLowerCase()) ?? coverage_days)
}

/** An appointment that was not held is no touch. */
const touchesOf = (scope: Scope) => rowsOf(scope, 'touchpoint').filter(({ row }) => ['', 'held'].includes(cell(row, 'state')))

function touched(scope: Scope): { customers: number; covered: number; touches: number } {
  const touches = touchesOf(scope)
    .filter(({ row }) => isTwoWay(row))
    .map(({ account, row }) => ({ account, day: zoneDay(scope, cell(row, 'happened_at')) ?? '' }))
  const customers = customersAt(scope, scope.until)
  const counts = customers.map(
    ({ account }) =>
      touches.filter((touch) => touch.account === account && touch.day >= addDays(scope.until, -windowOf(scope, account)) && touch.day < scope.until).length,
  )
  return { customers: customers.length, covered: counts.filter((each) => each > 0).length, touches: counts.reduce((a, b) => a + b, 0) }
}

function accountCoverage(scope: Scope): Answer {
  const { customers, covered } = touched(scope)
  return ratio(covered, customers, 'no_customers', customers)
}

function touchesPerAccount(scope: Scope): Answer {
  const { customers, touches } = touched(scope)
  return ratio(touches, customers, 'no_customers', customers)
}

const notAfter = (day: Day | null, last: string): boolean => day !== null && day <= last
const before = (scope: Scope, day: Day | null): boolean => day !== null && day < knownUntil(scope)

function taskOnTimeRate(scope: Scope): Answer {
  const due = rowsOf(scope, 'task').filter(
    ({ row }) => cell(row, 'due_on') !== '' && within(scope, cell(row, 'due_on')) && !before(scope, zoneDay(scope, cell(row, 'cancelled_at'))),
  )
  return ratio(due.filter(({ row }) => notAfter(zoneDay(scope, cell(row, 'done_at')), cell(row, 'due_on'))).length, due.length, 'none_due', due.length)
}

const startedIn = (scope: Scope) => rowsOf(scope, 'play_run').filter(({ row }) => within(scope, zoneDay(scope, cell(row, 'started_at'))))
const armOf = (row: Row): string => cell(row, 'arm') || 'treated'

function playbookCompletionRate(scope: Scope): Answer {
  const runs = startedIn(scope).filter(({ row }) => armOf(row) === 'treated' && cell(row, 'deadline_on') !== '' && before(scope, cell(row, 'deadline_on')))
  return ratio(
    runs.filter(({ row }) => notAfter(zoneDay(scope, cell(row, 'finished_at')), cell(row, 'deadline_on'))).length,
    runs.length,
    'none_past_deadline',
    runs.length,
  )
}

/** In points of a hundred: against the hold-out, else the change against the change of the compared. */
function playbookEffect(scope: Scope): Answer {
  const judged = startedIn(scope)
    .map(({ row }) => row)
    .filter((row) => cell(row, 'success') !== '')
  const share = (rows: readonly Row[], column: string): number => rows.filter((row) => cell(row, column) === 'yes').length / rows.length
  const of = (arm: string): Row[] => judged.filter((row) => armOf(row) === arm)
  const answer = (value: number): Answer => ({ value, exact: null, numerator: null, denominator: null, n: of('treated').length, null_reason: null, parts: {} })
  if (of('treated').length >= 5 && of('holdout').length >= 5) return answer(100 * (share(of('treated'), 'success') - share(of('holdout'), 'success')))
  const pairs = (arm: string): Row[] => of(arm).filter((row) => cell(row, 'success_before') !== '')
  if (pairs('treated').length < 5 || pairs('control').length < 5) return nothing('small_group')
  const change = (arm: string): number => share(pairs(arm), 'success') - share(pairs(arm), 'success_before')
  return answer(100 * (change('treated') - change('control')))
}

interface Signal {
  readonly raised: number
  readonly acted: number | null
  readonly raisedOn: Day
  readonly endsOn: Day
  readonly cameOn: Day | null
}

function signals(scope: Scope): Signal[] {
  const time = (row: Row, column: string): number => Date.parse(cell(row, column))
  const actions = [
    ...touchesOf(scope).map(({ account, row }) => ({ account, at: time(row, 'happened_at') })),
    ...rowsOf(scope, 'task').map(({ account, row }) => ({ account, at: time(row, 'created_at') })),
  ]
  return rowsOf(scope, 'signal').map(({ account, row }) => {
    const raised = time(row, 'raised_at')
    const raisedOn = zoneDay(scope, cell(row, 'raised_at')) ?? ''
    const endsOn = addDays(raisedOn, Number(cell(row, 'horizon_days') || '90'))
    const after = actions.filter((action) => action.account === account && action.at >= raised).map(({ at }) => at)
    const said = zoneDay(scope, cell(row, 'event_at'))
    const moved =
      scope.book.accounts
        .find((each) => each.account === account)
        ?.movements.find(
          (movement) => movement.counts && movement.kind === (cell(row, 'predicts') || 'churn') && movement.day > raisedOn && movement.day <= endsOn,
        )?.day ?? null
    return {
      raised,
      raisedOn,
      endsOn,
      acted: cell(row, 'first_action_at') === '' ? (after.length === 0 ? null : Math.min(...after)) : Math.max(raised, time(row, 'first_action_at')),
      cameOn: said === null ? moved : said >= raisedOn && said <= endsOn ? said : null,
    }
  })
}

const raisedIn = (scope: Scope): Signal[] => signals(scope).filter(({ raisedOn }) => within(scope, raisedOn))

const signalResponseTime = (scope: Scope): Answer =>
  medianAnswer(
    raisedIn(scope).map(({ raised, acted }) => {
      const reached = acted !== null && before(scope, zoneDay(scope, new Date(acted).toISOString()))
      return { reached, time: ((reached ? acted : midnight(scope, knownUntil(scope))) - raised) / 3_600_000 }
    }),
    'no_signals',
  )

function signalPrecision(scope: Scope): Answer {
  const matured = raisedIn(scope).filter(({ endsOn }) => before(scope, endsOn))
  return ratio(matured.filter(({ cameOn }) => cameOn !== null).length, matured.length, 'none_matured', matured.length)
}

function onboardingOnTimeRate(scope: Scope): Answer {
  const due = rowsOf(scope, 'onboarding').filter(({ row }) => cell(row, 'agreed_end') !== '' && within(scope, cell(row, 'agreed_end')))
  return ratio(due.filter(({ row }) => notAfter(zoneDay(scope, cell(row, 'finished_at')), cell(row, 'agreed_end'))).length, due.length, 'none_due', due.length)
}

/** Losses of each segment in the months before, in the whole company; of a segment without a past those of all. */
function lossRates(scope: Scope): (segment: string) => number {
  const seen = new Map<string, { lost: number; all: number }>()
  const add = (key: string, lost: boolean): void => {
    const sum = seen.get(key) ?? { lost: 0, all: 0 }
    seen.set(key, { lost: sum.lost + (lost ? 1 : 0), all: sum.all + 1 })
  }
  for (let back = Number(scope.book.settings.churn_history_months); back >= 1; back--) {
    const month = scopeOf(scope.book, { from: addMonths(scope.from, -back), until: addMonths(scope.from, 1 - back) }, 'opening')
    for (const account of customersAt(month, month.from))
      for (const key of ['all', `of ${month.value(account.account, 'segment')}`]) add(key, !isCustomer(month, account, month.until))
  }
  return (segment) => {
    const sum = seen.get(`of ${segment}`) ?? seen.get('all')
    return sum === undefined ? 0 : sum.lost / sum.all
  }
}

function csmChurnOe(scope: Scope): Answer {
  const customers = customersAt(scope, scope.from)
  const rate = lossRates(scope)
  const months = wholeMonths(scope) ?? daysBetween(scope.from, scope.until) / (365 / 12)
  const expected = customers.reduce((sum, { account }) => sum + 1 - (1 - rate(scope.value(account, 'segment'))) ** months, 0)
  const observed = customers.filter((account) => !isCustomer(scope, account, scope.until)).length
  return ratio(observed, expected, customers.length === 0 ? 'no_opening_customers' : 'nothing_expected', customers.length, { expected })
}

export const teamWorkMetrics = {
  account_coverage: accountCoverage,
  touches_per_account: touchesPerAccount,
  task_on_time_rate: taskOnTimeRate,
  playbook_completion_rate: playbookCompletionRate,
  playbook_effect: playbookEffect,
  signal_response_time: signalResponseTime,
  signal_precision: signalPrecision,
  onboarding_on_time_rate: onboardingOnTimeRate,
  csm_churn_oe: csmChurnOe,
}
