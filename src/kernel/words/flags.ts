/** What is to be known of a number beside its value. In one place for those that set it, for schemas and for people. */
export const FLAGS = {
  partial: { label: 'To date', says: 'The period is not over yet' },
  small_n: { label: 'Small n', says: 'Fewer than 30 were counted, so chance weighs heavily' },
  scales_pooled: { label: 'Scales pooled', says: 'Answers on scales of different length count together' },
  off_scale: {
    label: 'Off the scale',
    says: 'Some answers are not counted: they lie off the scale of their survey, or a recommendation was not asked for from 0 to 10',
  },
  restated: { label: 'Restated', says: 'Facts about this time were recorded or changed after later ones were known: an earlier report said something else' },
  due_unknown: { label: 'Due date unknown', says: 'Some account is past due and no row says since when: it counts as a customer until a row says otherwise' },
  free_month: { label: 'Free month', says: 'Some subscription that is paid for was told as a trial: it counts at the price it returns to' },
  lumpy: { label: 'Lumpy', says: 'Bills for several months make up more than a quarter of it' },
  open_counted: { label: 'Open counted', says: 'More than 5 % are still waiting and count with their age so far (Kaplan-Meier)' },
  before_start: { label: 'Value before start', says: 'Some had value before their start, during a trial: they count as 0 days' },
  over_use: { label: 'Over-use', says: 'More users were active than seats are paid for' },
  optimistic: { label: 'Optimistic', says: 'Worked out later for days that nobody lived, as if all sources had been connected then' },
  residual: { label: 'Does not add up', says: 'Its parts differ from the metric they are to add up to' },
  kpi_skipped: { label: 'Parts missing', says: 'Metrics without a value are left out and their weights shared among the others' },
} as const satisfies Readonly<Record<string, { label: string; says: string }>>

type KnownFlag = keyof typeof FLAGS
/** `at_least_N`: there is no value, but it is N or more. */
export type Flag = KnownFlag | `at_least_${string}`
export const FLAG_IDS = Object.keys(FLAGS) as [KnownFlag, ...KnownFlag[]]

const isKnown = (flag: Flag): flag is KnownFlag => Object.hasOwn(FLAGS, flag)

export const flagWords = (flag: Flag): { readonly label: string; readonly says: string } =>
  isKnown(flag) ? FLAGS[flag] : { label: `At least ${flag.slice('at_least_'.length)}`, says: 'The value itself is not known, but it is no less than this' }
