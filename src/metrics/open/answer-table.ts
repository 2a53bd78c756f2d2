import type { Catalogue } from '../kit/catalogue.ts'
import type { Result } from '../kit/result.ts'
import type { Cell, RowColumn } from './row-table.ts'
import type { RowTable } from './row-table.ts'

interface AnswerColumn {
  readonly id: string
  readonly type: RowColumn['type']
  readonly of: (result: Result) => Cell
}

/** `value` has every digit where they are known; `exact` is there only then, and is stored as a decimal. */
const before = (catalogue: Catalogue): readonly AnswerColumn[] => [
  { id: 'metric', type: 'text', of: ({ metric }) => metric },
  { id: 'name', type: 'text', of: ({ metric }) => catalogue.byId(metric).name },
  { id: 'period', type: 'text', of: ({ period }) => period.label },
  { id: 'from', type: 'day', of: ({ period }) => period.from },
  { id: 'until', type: 'day', of: ({ period }) => period.until },
]

const AFTER: readonly AnswerColumn[] = [
  { id: 'value', type: 'number', of: ({ exact, value }) => exact ?? value },
  { id: 'exact', type: 'money', of: ({ exact }) => exact },
  { id: 'unit', type: 'text', of: ({ unit }) => unit },
  { id: 'currency', type: 'text', of: ({ currency }) => currency },
  { id: 'null_reason', type: 'text', of: ({ null_reason }) => null_reason },
  { id: 'numerator', type: 'number', of: ({ numerator }) => numerator },
  { id: 'denominator', type: 'number', of: ({ denominator }) => denominator },
  { id: 'n', type: 'number', of: ({ n }) => n },
  { id: 'ci_low', type: 'number', of: ({ ci }) => ci?.[0] ?? null },
  { id: 'ci_high', type: 'number', of: ({ ci }) => ci?.[1] ?? null },
  { id: 'ci_method', type: 'text', of: ({ ci_method }) => ci_method },
  { id: 'compared_from', type: 'day', of: ({ comparison }) => comparison?.period.from ?? null },
  { id: 'compared_until', type: 'day', of: ({ comparison }) => comparison?.period.until ?? null },
  { id: 'before', type: 'number', of: ({ comparison }) => comparison?.value ?? null },
  { id: 'change', type: 'number', of: ({ comparison }) => comparison?.change ?? null },
  { id: 'change_low', type: 'number', of: ({ comparison }) => comparison?.change_ci?.[0] ?? null },
  { id: 'change_high', type: 'number', of: ({ comparison }) => comparison?.change_ci?.[1] ?? null },
  { id: 'flags', type: 'text', of: ({ flags }) => flags.join(' ') },
  { id: 'version', type: 'text', of: ({ version }) => version },
  { id: 'settings_hash', type: 'text', of: ({ settings_hash }) => settings_hash },
]

/** Results as rows: one for each metric, group and period. Parts of the formula come last, where only one metric was asked. */
export function answerTable(results: readonly Result[], catalogue: Catalogue): RowTable {
  const first = before(catalogue)
  const taken = new Set([...first, ...AFTER].map(({ id }) => id))
  const dims = [...new Set(results.flatMap((result) => Object.keys(result.dims)))].map((id): AnswerColumn => ({
    id: taken.has(id) ? `dimension_${id}` : id,
    type: 'text',
    of: (result) => result.dims[id] ?? null,
  }))
  const alone = new Set(results.map(({ metric }) => metric)).size === 1
  const parts = (alone ? [...new Set(results.flatMap((result) => Object.keys(result.parts)))] : []).map((id): AnswerColumn => ({
    id: `part_${id}`,
    type: 'number',
    of: (result) => result.parts[id] ?? null,
  }))
  const columns = [...first, ...dims, ...AFTER, ...parts]
  return { columns: columns.map(({ id, type }) => ({ id, name: id, type })), cells: results.map((result) => columns.map(({ of }) => of(result))) }
}
