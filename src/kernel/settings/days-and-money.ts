import { defineSettings } from './setting.ts'

export const DAYS_AND_MONEY = defineSettings('Days and money', {
  time_zone: {
    name: 'Time zone',
    says: 'Zone in which days, months and periods begin',
    fallback: 'UTC',
    kind: 'zone',
    rebuilds: true,
    moves: ['mrr', 'revenue'],
  },
  reporting_currency: {
    name: 'Reporting currency',
    says: 'Currency in which money is reported',
    fallback: 'USD',
    kind: 'currency',
    rebuilds: true,
    moves: ['mrr', 'revenue'],
  },
  revenue_basis: {
    name: 'Revenue basis',
    says: 'When revenue counts: on the day it is billed, or day by day over the service it pays for',
    fallback: 'billed',
    kind: 'choice',
    choices: ['billed', 'recognised'],
    rebuilds: true,
    moves: ['revenue'],
  },
})
