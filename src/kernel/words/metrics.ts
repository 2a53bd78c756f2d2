/** The words by which metrics are told apart and put in order. In one place for definitions, schemas, web and command line. */

/** What a metric speaks of, in the order in which the catalogue shows them. A folder of src/metrics for each. */
export const LEVELS = { financial: 'Financial', 'customer-health': 'Customer health', usage: 'Usage', 'team-performance': 'Team performance' } as const
export type Level = keyof typeof LEVELS
export const LEVEL_IDS = Object.keys(LEVELS) as [Level, ...Level[]]
export const isLevel = (text: string): text is Level => Object.hasOwn(LEVELS, text)

/** Which time a metric looks at (docs/definitions.md#kinds). */
export const KINDS = {
  stock: 'At a moment',
  flow: 'Over a period',
  p2p: 'Customers of the start, at the end',
  window: 'Over a trailing window',
  cohort: 'By cohort',
  index: 'Composed',
  model: 'Modelled',
} as const
export type Kind = keyof typeof KINDS
export const KIND_IDS = Object.keys(KINDS) as [Kind, ...Kind[]]

/** Which way a value should go. `context`: it must be read beside others. */
export const DIRECTIONS = {
  up: { label: 'Higher is better', says: 'more is better' },
  down: { label: 'Lower is better', says: 'less is better' },
  context: { label: 'Better depends on the context', says: 'neither direction is better in itself' },
} as const
export type Direction = keyof typeof DIRECTIONS
export const DIRECTION_IDS = Object.keys(DIRECTIONS) as [Direction, ...Direction[]]

/** How values of slices and periods make the value of the whole (C24). */
export const ROLL_UPS = {
  add: 'Adds up over time and over slices',
  semi: 'Adds up over slices, not over time',
  ratio: 'Numerators and denominators are added up, then divided',
  dist: 'Computed anew from the single values of each slice',
  none: 'Computed anew for each slice; slices do not add up',
} as const
export type RollUp = keyof typeof ROLL_UPS
export const ROLL_UP_IDS = Object.keys(ROLL_UPS) as [RollUp, ...RollUp[]]

/** Whether people said it, or it was measured. */
export const NATURES = {
  qualitative: { label: 'Qualitative', says: 'What customers say: surveys, interviews, focus groups' },
  quantitative: { label: 'Quantitative', says: 'What is counted and billed' },
} as const
export type Nature = keyof typeof NATURES
export const NATURE_IDS = Object.keys(NATURES) as [Nature, ...Nature[]]

/** The groups that a metric can belong to, beside its level. */
export const METRIC_GROUPS = [
  'Revenue Metrics',
  'Customer Engagement & product metrics',
  'Feedback and Advocacy Metrics',
  'Support and response metrics',
] as const
export type MetricGroup = (typeof METRIC_GROUPS)[number]
