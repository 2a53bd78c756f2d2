import type { FoundAccount } from '../../contract/accounts.ts'
import type { MetricEntry } from '../../contract/question.ts'
import { addDays, addMonths, startOf } from '../../kernel/period.ts'
import { formatPeriod } from '../format.ts'
import type { Question, Target } from '../question.ts'
import { fit, wordsOf } from '../ui/fit.ts'
import { setTheme } from './theme.ts'

export interface Command {
  readonly id: string
  readonly group: 'Pages' | 'Metrics' | 'Accounts' | 'Actions'
  readonly name: string
  readonly says: string
  /** Other words it is found by. */
  readonly also: readonly string[]
  readonly run: () => void
}

export type PagePath = '/' | '/revenue' | '/accounts' | '/signals' | '/metrics' | '/import' | '/imports' | '/settings' | '/checks'

interface Means {
  readonly metrics: readonly MetricEntry[]
  readonly today: string | null
  readonly go: (to: PagePath) => void
  readonly explain: (target: Target) => void
  readonly askElse: (change: Partial<Question>) => void
  readonly copyLink: () => void
}

const PAGES: readonly [to: PagePath, name: string, says: string, also: string[]][] = [
  ['/', 'Today', 'Who needs you, and why', ['home', 'work', 'inbox']],
  ['/signals', 'Signals', 'Warnings and openings of all accounts, and their record', ['warnings', 'alerts', 'risks']],
  ['/accounts', 'Accounts', 'Every account with any metric beside it', ['customers', 'list', 'segments']],
  ['/revenue', 'Revenue', 'The board: figures, bridge, retention, cohorts', ['board', 'mrr']],
  ['/metrics', 'Metrics', 'Every metric with its definition and value', ['catalog', 'definitions']],
  ['/import', 'Import', 'Bring in files', ['upload', 'csv', 'files']],
  ['/imports', 'Imports', 'What was imported, and undo', ['history', 'undo']],
  ['/settings', 'Settings', 'What moves the numbers: zone, currency, churn date', ['preferences', 'currency', 'zone']],
  ['/checks', 'Reconciliation', 'Whether opening + movements = closing', ['checks', 'breaks']],
]

function periodCommands(today: string, askElse: Means['askElse']): Command[] {
  const month = startOf('month', today)
  const quarter = startOf('quarter', today)
  const periods: [string, { from: string; until: string }][] = [
    ['Last 12 months', { from: addMonths(month, -12), until: month }],
    ['Last month', { from: addMonths(month, -1), until: month }],
    ['Last quarter', { from: addMonths(quarter, -3), until: quarter }],
    ['This month to date', { from: month, until: addDays(today, 1) }],
  ]
  return periods.map(([name, period]) => ({
    id: `period-${name}`,
    group: 'Actions',
    name: `Show ${name.toLowerCase()}`,
    says: formatPeriod(period),
    also: ['period'],
    run: () => askElse({ period }),
  }))
}

/** Everything that can be found, in the order in which equals are listed. */
export function commandsFor({ metrics, today, go, explain, askElse, copyLink }: Means): Command[] {
  return [
    ...PAGES.map(([to, name, says, also]): Command => ({ id: `page-${to}`, group: 'Pages', name, says, also, run: () => go(to) })),
    ...metrics.map((entry): Command => ({
      id: `metric-${entry.id}`,
      group: 'Metrics',
      name: entry.name,
      says: entry.says,
      also: [entry.id, ...entry.aliases],
      run: () => explain({ metric: entry.id }),
    })),
    ...(today === null ? [] : periodCommands(today, askElse)),
    { id: 'link', group: 'Actions', name: 'Copy a link to this view', says: 'It reproduces all that is on the screen', also: ['share', 'url'], run: copyLink },
    { id: 'theme-light', group: 'Actions', name: 'Light theme', says: '', also: ['theme', 'day'], run: () => setTheme('light') },
    { id: 'theme-dark', group: 'Actions', name: 'Dark theme', says: '', also: ['theme', 'night'], run: () => setTheme('dark') },
    { id: 'theme-system', group: 'Actions', name: 'Theme of the system', says: '', also: ['theme'], run: () => setTheme('system') },
    {
      id: 'now',
      group: 'Actions',
      name: 'Back to now',
      says: 'Leave as-of and as-reported dates',
      also: ['as of', 'today'],
      run: () => askElse({ as_of: undefined, reported_on: undefined }),
    },
  ]
}

const GROUPS: readonly Command['group'][] = ['Pages', 'Metrics', 'Accounts', 'Actions']
/** Of one group. */
const MOST = 20

/** Accounts as the server found them, in its order. A merged one opens the account that its history counts under. */
export const accountCommands = (accounts: readonly FoundAccount[], openAccount: (id: string) => void): Command[] =>
  accounts.map(({ account_id: id, name, counted_as: heir, is_internal: internal }) => ({
    id: `account-${id}`,
    group: 'Accounts',
    name,
    says: `${id}${heir === id ? '' : `, merged into ${heir}`}${internal ? ', left out of every number' : ''}`,
    also: [id],
    run: () => openAccount(heir),
  }))

/** An account of which nothing but its id may be known, as it was typed. */
export const accountAsTyped = (text: string, openAccount: (id: string) => void): Command => ({
  id: 'account-as-typed',
  group: 'Accounts',
  name: `Open account “${text.trim()}”`,
  says: 'By its exact id',
  also: [],
  run: () => openAccount(text.trim()),
})

/** What fits, best first inside its group; the group with the best comes first. Without words: pages and actions. */
export function rank(commands: readonly Command[], accounts: readonly Command[], text: string): Command[] {
  const words = wordsOf(text)
  if (words.length === 0) return commands.filter((command) => command.group === 'Pages' || command.group === 'Actions')
  const scoreOf = (command: Command): number => fit([command.name, ...command.also], words, command.says)
  const fitting = commands.map((command) => ({ command, score: scoreOf(command) })).filter(({ score }) => score > 0)
  const top = (group: Command['group']): number =>
    Math.max(0, ...(group === 'Accounts' ? accounts.map(scoreOf) : fitting.filter(({ command }) => command.group === group).map(({ score }) => score)))
  const inGroup = (group: Command['group']): Command[] =>
    group === 'Accounts'
      ? [...accounts]
      : fitting
          .filter(({ command }) => command.group === group)
          .sort((a, b) => b.score - a.score)
          .map(({ command }) => command)
          .slice(0, MOST)
  return GROUPS.toSorted((a, b) => top(b) - top(a)).flatMap(inGroup)
}
