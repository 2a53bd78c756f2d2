import type { Explanation, RowPage } from '../../src/contract/question.ts'
import type { MetricDefinition } from '../../src/metrics/kit/metric.ts'
import type { Product } from '../conformance/product.ts'
import { workedOut } from './formula.ts'

interface Asked {
  readonly from: string
  readonly until: string
  readonly by: string[]
  readonly where: string[]
  readonly option: string[]
}

/** As asked, and with every other choice of every option; with `numbers` also each option of a number with another one. */
export function optionsOf({ options }: MetricDefinition, numbers: boolean): string[][] {
  const others = Object.entries(options).flatMap(([name, { choices, fallback }]) =>
    choices === undefined
      ? numbers && /^\d+$/.test(fallback)
        ? [`${name}=${Number(fallback) * 2 + 1}`]
        : []
      : choices.filter((choice) => choice !== fallback).map((choice) => `${name}=${choice}`),
  )
  return [[], ...others.map((option) => [option])]
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(a), Math.abs(b))

async function rowsOf({ client }: Product, id: string, query: Asked, part: string): Promise<RowPage> {
  const found: RowPage[] = []
  for (let offset: number | null = 0; offset !== null; offset = found.at(-1)?.next ?? null)
    found.push(await client.listRows({ params: { id }, query: { ...query, part, offset, limit: 1000 } }))
  return { columns: found[0]?.columns ?? [], total: found[0]?.total ?? 0, next: null, rows: found.flatMap(({ rows }) => rows) }
}

/** What is wrong with the rows of a term: they must be as many, or add up to as much, as it says. */
function faultsOfRows(term: Explanation['terms'][number], { columns, rows }: RowPage, isTally: boolean): string[] {
  const place = columns.findIndex(({ id }) => id === 'adds')
  const sum = isTally ? rows.length : rows.reduce((all, row) => all + Number(row[place]), 0)
  return term.value === null || close(sum, term.value) || (isTally && sum > term.value) ? [] : [`rows of ${term.name} add up to ${sum}, not ${term.value}`]
}

/** What is wrong with how one number explains itself; `seen` learns which columns of its rows ever held something. */
export async function faultsOf(product: Product, metric: MetricDefinition, query: Asked, seen: Map<string, boolean>): Promise<string[]> {
  const { result, filled_formula, terms, contributions } = await product.client.explain({ params: { id: metric.id }, query: { ...query, compare: 'previous' } })
  const found: string[] = []
  const value = workedOut(filled_formula)
  if (result.value !== null && value !== null && !close(value, result.value)) found.push(`${filled_formula} comes to ${value}, not ${result.value}`)
  const isSum = metric.value.kind !== 'computed' || terms.some(({ role }) => role === 'denominator')
  if (value === null && isSum && result.value !== null) found.push(`${filled_formula} cannot be worked out`)
  for (const term of terms.filter(({ role }) => role === 'numerator' || role === 'denominator')) {
    const measure = metric.measures[term.name]
    const side = term.role === 'numerator' ? result.numerator : result.denominator
    if (term.role === 'numerator' && side !== term.value) found.push(`the numerator is ${side}, and ${term.name} ${term.value}`)
    const rows = await rowsOf(product, metric.id, query, term.role)
    found.push(...faultsOfRows(term, rows, measure?.kind === 'tally'))
    rows.columns.forEach(({ id, type }, i) => {
      if (type !== 'money' && type !== 'number') return
      const key = `${measure?.of.id} ${id}`
      seen.set(key, seen.get(key) === true || rows.rows.some((row) => row[i] !== null && row[i] !== 0))
    })
  }
  if (contributions !== null) {
    const sum = contributions.items.reduce((all, { amount }) => all + amount, 0)
    if (!close(sum, (contributions.to ?? NaN) - (contributions.from ?? NaN)))
      found.push(`contributions add up to ${sum}, not ${contributions.to} - ${contributions.from}`)
  }
  return found
}
