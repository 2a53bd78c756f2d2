import type { Period } from '../kernel/period.ts'
import type { Format } from './output.ts'
import type { PeriodFlags } from './period.ts'

/** What may follow `metric ID` on the command line. */
export interface MetricFlags extends PeriodFlags {
  readonly grain?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  readonly by?: string[]
  readonly where?: string[]
  readonly asOf?: string
  readonly reportedOn?: string
  readonly compare?: 'previous' | 'year'
  readonly option?: string[]
  readonly interval?: boolean
  readonly explain?: boolean
  readonly rows?: boolean
  readonly change?: boolean
  readonly against?: string
  readonly out?: string
  readonly format: Format | 'parquet'
}

/** With the period chosen. */
export type Asked = MetricFlags & Period
