import { MRR_SETTINGS, defineMetric } from '../kit/metric.ts'
import { total } from '../kit/value.ts'
import { accountPeriods } from '../rows/account-periods.ts'

export const fxMrr = defineMetric({
  id: 'fx_mrr',
  name: 'FX effect on MRR',
  says: 'Change of MRR that comes from exchange rates alone.',
  level: 'financial',
  kind: 'flow',
  grain: 'account',
  unit: 'money',
  better: 'context',
  rollUp: 'add',
  dimensions: 'subscription',
  formula: '{closing} - {opening} - {moved}',
  nullWhen: 'An exchange rate is missing.',
  measures: {
    fx: {
      of: accountPeriods,
      each: 'closing - opening - moved',
      label: 'Effect of exchange rates',
      kind: 'money',
    },
    opening: {
      of: accountPeriods,
      each: 'opening',
      label: 'Opening MRR at the opening rate',
      kind: 'money',
    },
    closing: {
      of: accountPeriods,
      each: 'closing',
      label: 'Closing MRR at the closing rate',
      kind: 'money',
    },
    moved: {
      of: accountPeriods,
      each: 'moved',
      label: 'Movements at the rates of their days',
      kind: 'money',
    },
  },
  value: total('fx'),
  aliases: ['exchange rate impact'],
  settings: MRR_SETTINGS,
  disagreements: [
    {
      anchor: 'ChartMogul',
      says: 'converts at the start of each service period and shows an Exchange Rate Impact row.',
    },
    {
      anchor: 'Paddle',
      says: 'uses current rates for all history, so its past MRR changes with the market.',
    },
  ],
})
